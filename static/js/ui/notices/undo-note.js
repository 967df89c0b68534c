/** Shows a note with an undo button. */

import { part, setText } from "../kit/dom.js";

/** @import { Announcer } from "./announcer.js" */

const STAYS_MS = 10_000;
const RETRY_MS = 1_000;

/** A note about something done automatically, with a button that undoes it. At most one is shown. */
export class UndoNote {
  #timer = 0;
  #act = () => {};

  /** @param {HTMLElement} root @param {Announcer} announcer */
  constructor(root, announcer) {
    this.announcer = announcer;
    this.box = part(root, "offer");
    this.button = part(root, "offer-act");
    this.button.addEventListener("mousedown", (event) => event.preventDefault()); // a click leaves the focus where it was
    this.button.addEventListener("click", () => {
      this.hide();
      this.#act();
    });
  }

  /** @param {string} words @param {string} label - of the button @param {() => void} act */
  show(words, label, act) {
    this.#act = act;
    setText(part(this.box, "offer-words"), words);
    setText(this.button, label);
    this.box.hidden = false;
    this.announcer.say(words);
    this.#hideIn(STAYS_MS);
  }

  hide() {
    clearTimeout(this.#timer);
    this.box.hidden = true;
  }

  /**
   * Hides the note after some time, but not while the pointer or the focus is on it.
   * @param {number} ms
   */
  #hideIn(ms) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (this.box.matches(":hover, :focus-within")) this.#hideIn(RETRY_MS);
      else this.hide();
    }, ms);
  }
}
