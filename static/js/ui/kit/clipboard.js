/** Copies text to the clipboard. */

/** @param {string} text @returns {Promise<boolean>} whether that worked */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or not a secure page
  }
}
