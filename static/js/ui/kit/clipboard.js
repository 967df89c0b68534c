/** Copies text to the clipboard. */

/**
 * Copies text. False when the browser refuses it or the page is not secure.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or not a secure page
  }
}
