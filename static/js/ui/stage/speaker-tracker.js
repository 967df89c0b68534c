/** Tracks who speaks. */

import { ActiveSpeaker } from "./active-speaker.js";

/** @import { CallState } from "../../call/state.js" */

/** Samples audio levels and applies the active-speaker rule, to the others and to me separately. */
export class SpeakerTracker {
  #others = new ActiveSpeaker();
  #self = new ActiveSpeaker();

  /** @param {{level: (seatId: string) => number, ownLevel: () => number}} ears */
  constructor({ level, ownLevel }) {
    this.level = level;
    this.ownLevel = ownLevel;
  }

  /** The seat of the current or latest speaker among the others. */
  get active() {
    return this.#others.active;
  }

  /**
   * Takes a sample. My own level is judged separately: my voice must not make my own tile large.
   * @param {CallState} state @param {number} now
   * @returns {boolean} whether the active speaker changed
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

  /**
   * Whether a person speaks now.
   * @param {string} id @param {boolean} self @param {number} now
   */
  speaking(id, self, now) {
    return self ? this.#self.speaking("me", now) : this.#others.speaking(id, now);
  }
}
