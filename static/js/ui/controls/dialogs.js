/** Opens the page's <dialog> elements. The browser keeps the focus inside and restores it on closing. */

import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

/** @param {string} name @returns {HTMLDialogElement} */
function dialog(name) {
  return find(document, `[data-part="dialog-${name}"]`, HTMLDialogElement);
}

/**
 * Opens the device settings.
 * @param {(shown: boolean) => void} shown - called when the dialog opens and closes
 */
export function showDevices(shown) {
  const box = dialog("devices");
  box.addEventListener("close", () => shown(false), { once: true });
  box.showModal();
  shown(true);
}

/**
 * Asks whether to remove a person. False for Cancel and Escape.
 * @param {string} nickname
 * @returns {Promise<boolean>}
 */
export function confirmRemove(nickname) {
  const box = dialog("remove");
  setText(part(box, "remove-title"), gettext("Remove {name} from the meeting?", { name: nickname }));
  box.returnValue = "cancel"; // what Escape means
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue === "remove"), { once: true });
  });
}

/** Closes every open dialog: the call is over. */
export function closeDialogs() {
  for (const box of document.querySelectorAll("dialog")) box.close();
}
