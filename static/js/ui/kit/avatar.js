/** Computes the avatar shown while a camera is off: initials, and a colour derived from the nickname. Pure. */

const COLOURS = 8; // as many as css/room/kit/page.css has for data-colour

/**
 * The first letters of the first and last word of a nickname, in capitals; its first character where it has no letter.
 * @param {string} nickname
 * @returns {string} one or two characters
 */
export function initials(nickname) {
  const words = nickname.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return Array.from(nickname.trim())[0] ?? "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => firstLetter(word ?? ""))
    .join("")
    .toLocaleUpperCase();
}

/** @param {string} word */
function firstLetter(word) {
  return word.match(/[\p{L}\p{N}]/u)?.[0] ?? "";
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
