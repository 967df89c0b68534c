/** Shows toasts over the stage. */

import { part, piece } from "../kit/dom.js";

/** @import { Announcer } from "./announcer.js" */

const MAX_SHOWN = 3;

/** How long each kind stays, in milliseconds. */
export const STAYS = { brief: 3000, usual: 5000, long: 7000 };

/** Short notes that go away by themselves. The announcer reads the same words to screen readers. */
export class Toasts {
  #home;

  /** @param {ParentNode} root @param {Announcer} announcer */
  constructor(root, announcer) {
    this.#home = part(root, "toasts");
    this.announcer = announcer;
  }

  /** Removes all toasts. */
  clear() {
    this.#home.replaceChildren();
  }

  /**
   * Shows and announces a toast. The oldest goes when there are more than three.
   * @param {string} words @param {keyof typeof STAYS} [stays]
   */
  show(words, stays = "usual") {
    const toast = piece("toast");
    toast.textContent = words;
    this.#home.append(toast);
    while (this.#home.children.length > MAX_SHOWN) this.#home.firstElementChild?.remove();
    setTimeout(() => toast.remove(), STAYS[stays]);
    this.announcer.say(words);
  }
}
