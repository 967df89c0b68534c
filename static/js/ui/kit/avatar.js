/** Computes the avatar shown while a camera is off: initials, and a colour derived from the nickname. Pure. */

import { graphemes } from "../../visible-text.js";

const LETTER = /[\p{L}\p{N}]/u;
const COLOURS = 8; // as many as css/room/kit/page.css has for data-colour

/**
 * The first letters of the first and last word of a nickname, in capitals; its first character where it has no letter.
 * A letter comes with its marks, and an emoji with all its parts.
 * @param {string} nickname
 * @returns {string} one or two graphemes
 */
export function initials(nickname) {
  const words = nickname.split(/[\s._-]+/u).filter((word) => LETTER.test(word));
  const first = words[0];
  if (first === undefined) return firstGrapheme(nickname.trim()) ?? "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last].map((word) => capital(firstGrapheme(word ?? "", LETTER) ?? "")).join("");
}

/** @param {string} text @param {RegExp} [wanted] */
function firstGrapheme(text, wanted = /./su) {
  for (const grapheme of graphemes(text)) if (wanted.test(grapheme)) return grapheme;
  return undefined;
}

/** In capitals, unless that is more than one: ß stays. @param {string} letter */
function capital(letter) {
  const upper = letter.toLocaleUpperCase();
  return [...graphemes(upper)].length > 1 ? letter : upper;
}

/**
 * The index of a nickname's colour: the same nickname has the same colour in every page.
 * @param {string} nickname
 * @returns {number} 0..7
 */
export function avatarColour(nickname) {
  let sum = 7;
  for (const character of nickname) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65521;
  return sum % COLOURS;
}
