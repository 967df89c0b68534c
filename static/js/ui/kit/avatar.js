/** Computes the avatar for people whose camera is off: initials, and a colour that stays with the name. */

const COLOURS = 8; // css/room/stage/tile.css has as many

/**
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
 * @param {string} nickname
 * @returns {number} 0..7
 */
export function avatarColour(nickname) {
  let sum = 7;
  for (const character of nickname) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65521;
  return sum % COLOURS;
}
