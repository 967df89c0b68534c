/** Opens the native dialogs: the browser traps the focus and gives it back. */

import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

/** @param {string} name @returns {HTMLDialogElement} */
function dialog(name) {
  return find(document, `[data-part="dialog-${name}"]`, HTMLDialogElement);
}

/** @param {(shown: boolean) => void} shown - told when it opens and closes */
export function showDevices(shown) {
  const box = dialog("devices");
  box.addEventListener("close", () => shown(false), { once: true });
  box.showModal();
  shown(true);
}

/** @param {string} nickname @returns {Promise<boolean>} whether to go on */
export function confirmRemove(nickname) {
  const box = dialog("remove");
  setText(part(box, "remove-title"), gettext("Remove {name} from the meeting?", { name: nickname }));
  box.returnValue = "cancel"; // what Escape means
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue === "remove"), { once: true });
  });
}

export function closeDialogs() {
  for (const box of document.querySelectorAll("dialog")) box.close();
}
