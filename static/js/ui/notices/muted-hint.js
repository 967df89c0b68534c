/** Shows "You are muted" to a person who speaks while muted. */

import { gettext } from "../../words.js";
import { part, setText } from "../kit/dom.js";

/**
 * @import { Announcer } from "./announcer.js"
 * @import { ConnectionStatus } from "./connection-status.js"
 */

const STAYS_MS = 7_000;

/**
 * The hint in all places where it may be seen: beside the microphone's button, in the picture-in-picture window (while
 * sharing the screen), in the title of the tab (while in another tab), and announced.
 */
export class MutedHint {
  #timer = 0;

  /**
   * @param {HTMLElement} root
   * @param {Object} places
   * @param {Announcer} places.announcer
   * @param {{say: (words: string, ms: number) => void}} places.pipWindow
   * @param {ConnectionStatus} places.status
   */
  constructor(root, { announcer, pipWindow, status }) {
    this.bubble = part(root, "muted-note");
    this.announcer = announcer;
    this.pipWindow = pipWindow;
    this.status = status;
  }

  show() {
    const words = gettext("You are muted. Unmute to be heard.");
    setText(this.bubble, words);
    this.bubble.hidden = false;
    this.pipWindow.say(words, STAYS_MS);
    this.status.setNotice(gettext("You are muted"));
    this.announcer.say(words);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.hide(), STAYS_MS);
  }

  hide() {
    if (this.bubble.hidden) return;
    clearTimeout(this.#timer);
    this.bubble.hidden = true;
    this.pipWindow.say("", 0);
    this.status.setNotice("");
  }
}
