/** Shows toasts over the stage. */

import { Coalescer } from "../kit/coalescer.js";
import { part, piece } from "../kit/dom.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { Announcer } from "./announcer.js"
 */

const MAX_SHOWN = 3;

/** What others do is told twelve times in a row, as when a meeting begins, and then once a second. */
const OTHERS = { burst: 12, interval: 1_000 };

/** How long each kind stays, in milliseconds. */
export const STAYS = { brief: 3000, usual: 5000, long: 7000 };

/** Short notes that go away by themselves. The announcer reads the same words to screen readers. */
export class Toasts {
  #home;

  /** @type {Coalescer<{words: string, stays?: keyof typeof STAYS}>} */
  #others;

  /** @param {ParentNode} root @param {Announcer} announcer @param {Clock} clock */
  constructor(root, announcer, clock) {
    this.#home = part(root, "toasts");
    this.announcer = announcer;
    this.#others = new Coalescer(clock, OTHERS, (notices) => {
      const latest = notices.at(-1);
      if (latest) this.show(latest.words, latest.stays);
    });
  }

  /** Removes all toasts. */
  clear() {
    this.#others.clear();
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

  /**
   * Shows what other people did. Of more than can be read, the latest.
   * @param {string} words @param {keyof typeof STAYS} [stays]
   */
  report(words, stays) {
    this.#others.add([{ words, stays }]);
  }
}
