/** Renders the dialog with the keyboard shortcuts. */

import { find, flag, setAttribute, setText } from "../kit/dom.js";
import { keyboardLayout, keyName } from "./key-names.js";

/** @import { JsonStorage } from "../../storage.js" */

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/**
 * The list of keyboard shortcuts, with a checkbox that turns off those without Ctrl or ⌘ (WCAG 2.1.4: speech input
 * triggers single-character shortcuts by accident). Keeps aria-keyshortcuts of the buttons up to date.
 */
export class ShortcutSheet {
  #box;
  #choice;

  /** @param {JsonStorage} storage */
  constructor(storage) {
    this.#box = find(document, '[data-part="dialog-shortcuts"]', HTMLDialogElement);
    this.#choice = find(this.#box, "#single-keys", HTMLInputElement);
    this.#choice.checked = storage.load().single !== false;
    this.#choice.addEventListener("change", () => {
      storage.save({ single: this.single });
      this.#draw();
    });
    if (APPLE) for (const key of this.#box.querySelectorAll("[data-mod]")) setText(key, "⌘");
    this.#draw();
  }

  /** Whether shortcuts without Ctrl or ⌘ are on. */
  get single() {
    return this.#choice.checked;
  }

  show() {
    this.#box.showModal();
    void this.#nameKeys(); // each time, since people change the layout
  }

  async #nameKeys() {
    const layout = await keyboardLayout(navigator);
    for (const key of /** @type {NodeListOf<HTMLElement>} */ (this.#box.querySelectorAll("[data-letter]")))
      setText(key, keyName(key.dataset.letter ?? "", layout));
  }

  #draw() {
    flag(this.#box, "data-single-off", !this.single);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-keys]"))) {
      const keys = (button.dataset.keys ?? "").split(" ").filter((key) => this.single || key.includes("+"));
      const named = APPLE ? keys.map((key) => key.replace("Control", "Meta")) : keys;
      setAttribute(button, "aria-keyshortcuts", named.join(" ") || null);
    }
  }
}
