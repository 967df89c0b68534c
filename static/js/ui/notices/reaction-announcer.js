/** Announces reactions to screen readers. */

import { gettext, ngettext } from "../../words.js";

/** @import { Clock } from "../../clock.js" */

const GATHER_MS = 1500; // wait for further reactions after the first
const QUIET_MS = 6000; // least time between two announcements

/** Gathers reactions by kind and announces them together, at most every six seconds. */
export class ReactionAnnouncer {
  /** @type {Map<string, Set<string>>} reaction -> names, in the order in which they came */
  #gathered = new Map();
  #saidAt = -Infinity;
  #waiting = false;

  /**
   * @param {Pick<Clock, "now" | "after">} clock
   * @param {(words: string) => void} say
   */
  constructor(clock, say) {
    this.clock = clock;
    this.say = say;
  }

  /**
   * Adds a reaction to the next announcement.
   * @param {string} name - nickname of the sender @param {string} reaction - its name, for example "Applause"
   */
  add(name, reaction) {
    const names = this.#gathered.get(reaction) ?? new Set();
    this.#gathered.set(reaction, names.add(name));
    if (this.#waiting) return;
    this.#waiting = true;
    const wait = Math.max(GATHER_MS, this.#saidAt + QUIET_MS - this.clock.now());
    this.clock.after(wait, () => this.#tell());
  }

  #tell() {
    const sentences = [...this.#gathered].map(([reaction, names]) => sentence([...names], reaction));
    this.#gathered.clear();
    this.#waiting = false;
    this.#saidAt = this.clock.now();
    this.say(sentences.join(". "));
  }
}

/** @param {string[]} names @param {string} reaction */
function sentence([name = "", ...others], reaction) {
  if (others.length === 0) return gettext("{name} reacted: {reaction}", { name, reaction });
  return ngettext(
    "{name} and {count} other reacted: {reaction}",
    "{name} and {count} others reacted: {reaction}",
    others.length,
    { name, reaction },
  );
}
