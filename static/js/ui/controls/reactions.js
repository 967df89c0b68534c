/** Renders the reactions menu and the emoji that float over the stage. */

import { REACTIONS } from "../../protocol.js";
import { gettext } from "../../words.js";
import { part, piece } from "../kit/dom.js";

/** @type {Record<string, string>} */
const NAMES = {
  "👍": gettext("Thumbs up"),
  "❤️": gettext("Heart"),
  "😂": gettext("Laughing"),
  "🎉": gettext("Party"),
  "👏": gettext("Applause"),
  "😮": gettext("Surprised"),
};
const FLOAT_MS = 3000;
const MAX_FLOATING = 20;

/** The menu that sends reactions, and the display of received ones: a floating emoji with a name for 3 s. */
export class Reactions {
  /**
   * @param {HTMLElement} root
   * @param {{react: (emoji: string) => void, announcer: {add: (name: string, reaction: string) => void}}} acts
   */
  constructor(root, { react, announcer }) {
    this.announcer = announcer;
    this.floats = part(root, "floats");
    part(root, "menu-reactions").append(
      ...REACTIONS.map((emoji) => {
        const button = piece("reaction");
        button.textContent = emoji;
        button.setAttribute("aria-label", reactionName(emoji));
        button.addEventListener("click", () => react(emoji));
        return button;
      }),
    );
  }

  /**
   * Shows and announces a received reaction.
   * @param {string} emoji @param {string} name - nickname of the sender
   */
  show(emoji, name) {
    this.announcer.add(name, reactionName(emoji));
    if (this.floats.children.length >= MAX_FLOATING) return;
    const float = piece("float");
    part(float, "emoji").textContent = emoji;
    part(float, "name").textContent = name;
    float.style.left = `${8 + Math.random() * 34}%`;
    this.floats.append(float);
    setTimeout(() => float.remove(), FLOAT_MS);
  }
}

/** @param {string} emoji */
function reactionName(emoji) {
  return NAMES[emoji] ?? emoji;
}
