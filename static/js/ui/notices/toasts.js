/** Shows short notes over the stage. Screen readers get the same words from the announcer. */

import { part, piece } from "../kit/dom.js";

/** @import { Announcer } from "./announcer.js" */

const AT_ONCE = 3;

/** How long each kind stays, in milliseconds. */
export const STAYS = { brief: 3000, usual: 5000, long: 7000 };

export class Toasts {
  #home;

  /** @param {ParentNode} root @param {Announcer} announcer */
  constructor(root, announcer) {
    this.#home = part(root, "toasts");
    this.announcer = announcer;
  }

  clear() {
    this.#home.replaceChildren();
  }

  /** @param {string} words @param {keyof typeof STAYS} [stays] */
  show(words, stays = "usual") {
    const toast = piece("toast");
    toast.textContent = words;
    this.#home.append(toast);
    while (this.#home.children.length > AT_ONCE) this.#home.firstElementChild?.remove();
    setTimeout(() => toast.remove(), STAYS[stays]);
    this.announcer.say(words);
  }
}
