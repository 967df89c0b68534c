// What screen readers are told. Focus is never moved for it.

import { find } from "./dom.js";

const FORGET_MS = 4000; // the same sentence said again later must be a change to be read out

export class Announcer {
  #polite = find(document, "#say-politely", HTMLElement);
  #now = find(document, "#say-now", HTMLElement);

  /** @param {string} words joins, hands, messages */
  say(words) {
    this.#write(this.#polite, words);
  }

  /** @param {string} words connection lost and back */
  interrupt(words) {
    this.#write(this.#now, words);
  }

  /** @param {HTMLElement} region @param {string} words */
  #write(region, words) {
    region.textContent = words;
    setTimeout(() => {
      if (region.textContent === words) region.textContent = "";
    }, FORGET_MS);
  }
}
