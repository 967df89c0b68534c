/** Names the keys of shortcuts as they are on this person's keyboard. Pure. */

/**
 * The name of a letter's key: "M", or "M · Ь" where the layout has no Latin letters and that key types another.
 * @param {string} letter - a capital
 * @param {ReadonlyMap<string, string> | null} layout - what each key types, by code (W3C Keyboard Map); null if unknown
 */
export function keyName(letter, layout) {
  const typed = layout?.get(`Key${letter}`);
  if (layout === null || typed === undefined) return letter;
  const isTyped = [...layout.values()].some((value) => value.toUpperCase() === letter);
  return isTyped || !/^\p{L}/u.test(typed) ? letter : `${letter} · ${typed.toUpperCase()}`;
}

/**
 * What each key types, or null where the browser does not tell (Firefox and Safari).
 * @param {Navigator & {keyboard?: {getLayoutMap?: () => Promise<ReadonlyMap<string, string>>}}} browser
 * @returns {Promise<ReadonlyMap<string, string> | null>}
 */
export async function keyboardLayout(browser) {
  try {
    const map = await browser.keyboard?.getLayoutMap?.();
    return map ? new Map(map) : null;
  } catch {
    return null; // not allowed in this frame
  }
}
