/**
 * Finds a mail address around an "@", whole or not at all: a part of one (rg@example.org of jörg@example.org) would send
 * mail to somebody else. Pure, and linear: each side is searched up to its longest length (RFC 5321, 4.5.3.1).
 */

/** @typedef {{start: number, end: number, href: string}} Link - where it is in the text, and where it leads */

const LOCAL_MAX = 64;
const DOMAIN_MAX = 255;
// Letters, marks and digits of any script (RFC 6531), and what RFC 5322 (3.2.3, atext) allows beside them. The
// typographic apostrophe, which keyboards of phones make of ', is not allowed, but stands inside a name.
const LOCAL_PART = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.’-]/u;
// Of these, the ones that people have in addresses. With the others it could as well be "to=ada@example.org".
const LOCAL = /^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_+'-]|\.(?!\.))*(?<![.'])$/u;
const DECORATION = /^[^\p{L}\p{M}\p{N}_]+/u;
const DOMAIN_PART = /[\p{L}\p{M}\p{N}_.-]/u;
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)$/u;
// Scripts that are written without spaces: an address may stand right behind a word.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const ASCII_WITH_WORD = new RegExp(`^([a-z][a-z0-9-]*)${UNSPACED.source}`, "iu");

/**
 * The link around an "@", if it is one, and how far the text was searched for its end.
 * @param {string} text @param {number} at - where the "@" is @param {number} from - the end of the link before
 * @returns {{link: Link | null, searched: number}}
 */
export function mailAt(text, at, from) {
  const start = startOfLocal(text, at, from);
  const domain = domainAfter(text, at);
  const searched = at + 1;
  if (start === null || domain === "") return { link: null, searched };
  const host = hostOf(domain);
  if (host === null) return { link: null, searched };
  const href = `mailto:${encodeURIComponent(text.slice(start, at)).replaceAll("%2B", "+")}@${host}`;
  return { link: { start, end: at + 1 + domain.length, href }, searched };
}

/** @param {string} text @param {number} at @param {number} from @returns {number | null} */
function startOfLocal(text, at, from) {
  const before = Array.from(text.slice(Math.max(from, at - LOCAL_MAX - 2), at));
  let first = before.length;
  while (first > 0 && LOCAL_PART.test(before[first - 1] ?? "") && isOfOneWord(before, first)) first -= 1;
  let local = before.slice(first).join("");
  local = local.slice(local.lastIndexOf("..") + 1).replace(DECORATION, "");
  const start = at - local.length;
  return local.length <= LOCAL_MAX && LOCAL.test(local) && text[start - 1] !== "@" ? start : null;
}

/**
 * Whether the character before this place goes on in the script of the address.
 * @param {string[]} characters @param {number} first
 */
function isOfOneWord(characters, first) {
  const after = characters[first] ?? "";
  return !UNSPACED.test(characters[first - 1] ?? "") || after === "" || UNSPACED.test(after);
}

/** The host name behind the "@", as it stands in the text; "" for none. @param {string} text @param {number} at */
function domainAfter(text, at) {
  let length = 0;
  for (const character of text.slice(at + 1, at + DOMAIN_MAX + 3)) {
    if (!DOMAIN_PART.test(character)) break;
    length += character.length;
  }
  const labels = text.slice(at + 1, at + 1 + length).split(".");
  while (labels.at(-1) === "" || /^[-_]+$/u.test(labels.at(-1) ?? "")) labels.pop();
  const last = labels.pop() ?? "";
  // No top-level domain is half in ASCII: "ada@example.orgまで" goes on with a word.
  labels.push(ASCII_WITH_WORD.exec(last)?.[1] ?? last.replace(/[-_]+$/u, ""));
  const isHost = labels.length > 1 && labels.every((label) => LABEL.test(label)) && /\p{L}/u.test(last);
  const domain = labels.join(".");
  return isHost && domain.length <= DOMAIN_MAX && text[at + 1 + domain.length] !== "@" ? domain : "";
}

/** The host name in ASCII (RFC 5891), which every mail program understands. @param {string} domain */
function hostOf(domain) {
  try {
    return new URL(`https://${domain}`).hostname;
  } catch {
    return null;
  }
}
