/**
 * Splits chat text into plain text and links to web and mail addresses. No other scheme becomes a link: javascript: and
 * data: URLs would run in this page. Pure, and linear in the length of the text.
 */

import { mailAt } from "./mail-address.js";

/** @import { Link } from "./mail-address.js" */
/** @typedef {{text: string, href?: string}} Piece */

const BEGINNING = /\b(?:https?:\/\/|mailto:)|@/giu;
// What ends an address wherever it stands: spaces, what no URL has unescaped, quotes and brackets other than ASCII's,
// sentence marks of other scripts (they are written without a space after them), and bidirectional controls, which could
// make an address look like another one.
const STOP =
  /[\s<>"`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!['’()[\]{}])[\p{Quotation_Mark}\p{Ps}\p{Pe}\p{Pi}\p{Pf}]|(?![\p{ASCII}\p{L}\p{M}])[\p{Terminal_Punctuation}\p{Sentence_Terminal}]|[…‥・՛-՟]/u;
const TRAILING = new Set(".,;:!?'’*_~([{");
/** @type {Record<string, string>} */
const OPENING = { ")": "(", "]": "[", "}": "{" };
const SAFE = new Set(["http:", "https:", "mailto:"]);
const LINKS_MAX = 20; // further addresses stay text: each link is an element, and 2,000 characters hold 500 addresses

/**
 * The pieces of a text in order. Joined, they are the text again.
 * @param {string} text
 * @returns {Piece[]}
 */
export function linkify(text) {
  /** @type {Piece[]} */
  const found = [];
  let from = 0;
  for (const { start, end, href } of links(text)) {
    if (start > from) found.push({ text: text.slice(from, start) });
    found.push({ text: text.slice(start, end), href });
    from = end;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** @param {string} text @returns {Link[]} the first links, in order */
function links(text) {
  /** @type {Link[]} */
  const found = [];
  let from = 0;
  BEGINNING.lastIndex = 0;
  for (let match = BEGINNING.exec(text); match && found.length < LINKS_MAX; match = BEGINNING.exec(text)) {
    const { link, searched } = match[0] === "@" ? mailAt(text, match.index, from) : urlAt(text, match.index);
    from = link?.end ?? from;
    if (link) found.push(link);
    // Behind a link, or what was taken for one: nothing is searched twice.
    BEGINNING.lastIndex = Math.max(link?.end ?? searched, match.index + 1);
  }
  return found;
}

/**
 * The link that starts here, if it is one, and how far the text was searched for its end.
 * @param {string} text @param {number} start
 * @returns {{link: Link | null, searched: number}}
 */
function urlAt(text, start) {
  const quoted = text[start - 1] === "'";
  const searched = endOfUrl(text, start, quoted);
  let end = searched;
  while (TRAILING.has(text[end - 1] ?? "")) end -= 1;
  const href = safeAddress(text.slice(start, end));
  return { link: href === null ? null : { start, end, href }, searched };
}

/**
 * The first place that cannot be part of the address, such as a bracket that closes one from before it.
 * @param {string} text @param {number} start @param {boolean} quoted - in ASCII's single quotes
 */
function endOfUrl(text, start, quoted) {
  /** @type {Record<string, number>} */
  const open = { "(": 0, "[": 0, "{": 0 };
  let end = start;
  for (const character of text.slice(start)) {
    if (STOP.test(character) || (quoted && character === "'")) break;
    if (character in open) open[character] = (open[character] ?? 0) + 1;
    const opening = OPENING[character];
    if (opening !== undefined && (open[opening] = (open[opening] ?? 0) - 1) < 0) break;
    end += character.length;
  }
  return end;
}

/**
 * The normalised URL, or null if it is malformed or its scheme is not allowed.
 * @param {string} address
 */
function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
