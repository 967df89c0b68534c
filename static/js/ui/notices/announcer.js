/** Announces messages to screen readers. */

import { find, piece } from "../kit/dom.js";

const LINES_MAX = 12; // in a region; its oldest line goes first
const REMOVE_AFTER_MS = 4000; // by then a line has been read or is out of date

/** The two live regions of the page. Announcements never move the focus. */
export class Announcer {
  #polite = find(document, "#say-politely", HTMLElement);
  #now = find(document, "#say-now", HTMLElement);

  /**
   * Announces politely: joins, hands, messages.
   * @param {string} words
   */
  say(words) {
    add(this.#polite, words);
  }

  /**
   * Announces at once: the connection was lost.
   * @param {string} words
   */
  interrupt(words) {
    add(this.#now, words);
  }
}

/**
 * Adds an element per announcement, so that simultaneous and repeated ones are all read.
 * @param {HTMLElement} region @param {string} words
 */
function add(region, words) {
  const line = piece("said");
  line.textContent = words;
  region.append(line);
  while (region.children.length > LINES_MAX) region.firstElementChild?.remove();
  setTimeout(() => line.remove(), REMOVE_AFTER_MS);
}
