/** Shows the push-to-talk hint. */

import { gettext } from "../../words.js";
import { part } from "../kit/dom.js";

/** @import { Announcer } from "./announcer.js" */

/** The hint that the microphone is on only while Space is held. */
export class PushToTalkHint {
  #talking = false;

  /** @param {HTMLElement} root @param {Announcer} announcer */
  constructor(root, announcer) {
    this.note = part(root, "talk-note");
    this.announcer = announcer;
  }

  /** @param {boolean} talking */
  draw(talking) {
    if (talking === this.#talking) return;
    this.#talking = talking;
    this.note.hidden = !talking;
    this.announcer.say(talking ? gettext("Microphone on while you hold Space") : gettext("Microphone off again"));
  }
}
