/** Offers text as a file download. */

const REVOKE_AFTER_MS = 60_000; // the browser may first ask where to save the file

/**
 * Downloads text as a file in UTF-8.
 * @param {string} name - of the file @param {string} text
 */
export function saveText(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
