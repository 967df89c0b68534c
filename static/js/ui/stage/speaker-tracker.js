/** Tracks who speaks, from levels sampled several times a second. */

import { ActiveSpeaker } from "./active-speaker.js";

/** @import { CallState } from "../../call/state.js" */

export class SpeakerTracker {
  #others = new ActiveSpeaker();
  #self = new ActiveSpeaker();

  /** @param {{level: (seatId: string) => number, ownLevel: () => number}} ears */
  constructor({ level, ownLevel }) {
    this.level = level;
    this.ownLevel = ownLevel;
  }

  /** The other person who speaks, or spoke last. */
  get active() {
    return this.#others.active;
  }

  /**
   * I am heard apart: my own voice must not put me on my own stage.
   * @param {CallState} state @param {number} now
   * @returns {boolean} whether somebody else is active now
   */
  update(state, now) {
    const before = this.active;
    /** @type {[string, number][]} */
    const levels = Object.keys(state.seats)
      .filter((id) => id !== state.me)
      .map((id) => [id, this.level(id)]);
    this.#others.update(levels, now);
    this.#self.update([["me", state.local.mic ? this.ownLevel() : 0]], now);
    return before !== this.active;
  }

  /** @param {string} id @param {boolean} self @param {number} now */
  speaking(id, self, now) {
    return self ? this.#self.speaking("me", now) : this.#others.speaking(id, now);
  }
}
