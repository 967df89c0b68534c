/**
 * Splits chat text into plain text and links, to web and mail addresses. Nothing else becomes a link: javascript: and
 * data: addresses would run in this page.
 */

/** @typedef {{text: string, href?: string}} Piece */

// Signs that turn the direction of writing could make an address look like another one.
const ADDRESS =
  /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/giu;
const SCHEME = /^[a-z]+:/iu;
const SAFE = new Set(["http:", "https:", "mailto:"]);
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

/**
 * @param {string} text
 * @returns {Piece[]}
 */
export function linkify(text) {
  /** @type {Piece[]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = trimmed(match[0]);
    const href = safeAddress(shown);
    if (href === null) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/**
 * Punctuation after an address belongs to the sentence, except a bracket the address itself opened.
 * @param {string} address
 */
function trimmed(address) {
  const end = address.match(TRAILING)?.[0] ?? "";
  const opened = address.includes("(") && end.startsWith(")");
  return address.slice(0, address.length - end.length + (opened ? 1 : 0));
}

/** @param {string} address */
function safeAddress(address) {
  try {
    const url = new URL(SCHEME.test(address) ? address : `mailto:${address}`);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
