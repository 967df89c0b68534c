/** What a reader sees of a text: whether anything, and its characters as they are drawn (graphemes, UAX #29). Pure. */

// The same as shows_something in config/ground/unicode/visible.py: nothing ignorable, and no sign that is drawn as a gap.
const SEEN =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u;
// Without Intl.Segmenter (Firefox before 125): a base with its marks, modifiers and tags, joined emoji, and flags.
const CLUSTER =
  /\p{Regional_Indicator}{2}|\P{Mark}(?:[\p{Mark}\p{Emoji_Modifier}\u200c\u{e0020}-\u{e007f}]|\u200d\P{Mark}?)*|\p{Mark}+/gsu;

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;

/**
 * Whether a reader sees nothing of a text.
 * @param {string} text
 */
export const showsNothing = (text) => !SEEN.test(text);

/**
 * The characters of a text as they are drawn, one at a time: a letter with its marks, an emoji with its parts.
 * @param {string} text @param {Pick<Intl.Segmenter, "segment"> | null} [segments]
 * @returns {Iterable<string>}
 */
export function* graphemes(text, segments = segmenter) {
  if (segments === null) for (const [cluster] of text.matchAll(CLUSTER)) yield cluster;
  else for (const { segment } of segments.segment(text)) yield segment;
}

/**
 * The beginning of a text, with "…" where it goes on.
 * @param {string} text @param {number} most - graphemes
 */
export function shortened(text, most) {
  let start = "";
  let count = 0;
  for (const grapheme of graphemes(text)) {
    if (++count > most) return `${start}…`;
    start += grapheme;
  }
  return text;
}
