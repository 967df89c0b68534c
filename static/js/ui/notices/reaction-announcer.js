/** Announces reactions to screen readers, gathered by kind, and no more often than can be listened to. */

import { gettext, ngettext } from "../../words.js";

/** @import { Clock } from "../../clock.js" */

const GATHER_MS = 1500; // applause comes from several people within a moment
const QUIET_MS = 6000; // from one sentence to the next

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

  /** @param {string} name @param {string} reaction - in words */
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
