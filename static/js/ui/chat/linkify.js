/**
 * Splits chat text into plain text and links to web and mail addresses. No other scheme becomes a link: javascript: and
 * data: URLs would run in this page. Pure.
 */

/** @typedef {{text: string, href?: string}} Piece */

// Bidirectional control characters end an address: they could make it look like another one.
const ADDRESS =
  /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/giu;
const SCHEME = /^[a-z]+:/iu;
const SAFE = new Set(["http:", "https:", "mailto:"]);
const LINKS_MAX = 20; // further addresses stay text: each link is an element, and 2,000 characters hold 500 addresses
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

/**
 * The pieces of a text in order. Joined, they are the text again.
 * @param {string} text
 * @returns {Piece[]}
 */
export function linkify(text) {
  /** @type {Piece[]} */
  const found = [];
  let from = 0;
  let links = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = withoutPunctuation(match[0]);
    const href = safeAddress(shown);
    if (href === null) continue;
    if (++links > LINKS_MAX) break;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/**
 * An address without the punctuation after it, except a closing bracket that was opened inside it.
 * @param {string} address
 */
function withoutPunctuation(address) {
  const end = address.match(TRAILING)?.[0] ?? "";
  const opened = address.includes("(") && end.startsWith(")");
  return address.slice(0, address.length - end.length + (opened ? 1 : 0));
}

/**
 * The normalised URL, or null if it is malformed or its scheme is not allowed.
 * @param {string} address
 */
function safeAddress(address) {
  try {
    const url = new URL(SCHEME.test(address) ? address : `mailto:${address}`);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
