/** Announces messages to screen readers through live regions. Focus is never moved for it. */

import { find, piece } from "../kit/dom.js";

const FORGET_MS = 4000; // read or not, it is old

export class Announcer {
  #polite = find(document, "#say-politely", HTMLElement);
  #now = find(document, "#say-now", HTMLElement);

  /** @param {string} words - joins, hands, messages */
  say(words) {
    add(this.#polite, words);
  }

  /** @param {string} words - connection lost and back */
  interrupt(words) {
    add(this.#now, words);
  }
}

/**
 * A line of its own for each: two in the same moment are both read, and so is the same one again.
 * @param {HTMLElement} region @param {string} words
 */
function add(region, words) {
  const line = piece("said");
  line.textContent = words;
  region.append(line);
  setTimeout(() => line.remove(), FORGET_MS);
}
