// Splits chat text into words and web addresses. Only http and https become links: javascript: and
// data: addresses would run in this page.

/** @typedef {{text: string, href?: string}} Piece */

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

/**
 * @param {string} text
 * @returns {Piece[]}
 */
export function pieces(text) {
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
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
