/** Decides when a raised hand is lowered because its owner has been speaking. Pure: time is passed in. */

import { LIMITS } from "../protocol.js";

const SPOKEN_MS = 3000; // a short "yes" must not lower it
const STEP_MAX_MS = 300; // a longer gap between two samples (sleep, a busy machine) counts as this
const UNDO_MS = LIMITS.HAND_UNDO_SECONDS * 1000;

/** Accumulates the speaking time of a raised hand; three seconds of speech lower it. */
export class AutoLowerHand {
  #spoken = 0;
  #lastSampleAt = 0;
  #loweredAt = -Infinity;
  #wasRaised = false;
  #raisedAgain = false;

  /**
   * @param {{raised: boolean, speaking: boolean}} me
   * @param {number} now - milliseconds
   * @returns {boolean} whether to lower the hand now
   */
  hear({ raised, speaking }, now) {
    const step = Math.min(STEP_MAX_MS, Math.max(0, now - this.#lastSampleAt));
    this.#lastSampleAt = now;
    // A hand that is raised again soon after it was lowered stays up: the person has undone the lowering.
    if (raised && !this.#wasRaised) this.#raisedAgain = now - this.#loweredAt <= UNDO_MS;
    this.#wasRaised = raised;
    this.#spoken = raised && !this.#raisedAgain ? Math.max(0, this.#spoken + (speaking ? step : -step)) : 0;
    if (this.#spoken < SPOKEN_MS) return false;
    this.#spoken = 0;
    this.#loweredAt = now;
    return true;
  }
}
