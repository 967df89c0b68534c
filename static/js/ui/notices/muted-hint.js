/**
 * Tells a muted person who speaks that nobody hears them, wherever they look: beside the microphone's button, which
 * nothing covers; in the small window, for those who show their screen; and in the title, when this is not the tab they
 * see.
 */

import { gettext } from "../../words.js";
import { part, setText } from "../kit/dom.js";

/**
 * @import { Announcer } from "./announcer.js"
 * @import { ConnectionStatus } from "./connection-status.js"
 */

const STAYS_MS = 7_000;

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
