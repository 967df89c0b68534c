/** Decides when a raised hand is lowered because its owner has been speaking. Pure: time is passed in. */

import { LIMITS } from "../protocol.js";

const SPOKEN_MS = 3000; // "yes" is shorter, and asks to keep one's turn
const STEP_MS = 300; // a longer pause between two looks (sleep, a busy machine) counts as this
const AGAIN_MS = LIMITS.HAND_UNDO_SECONDS * 1000;

export class AutoLowerHand {
  #spoken = 0;
  #last = 0;
  #loweredAt = -Infinity;
  #wasRaised = false;
  #stays = false;

  /**
   * @param {{raised: boolean, speaking: boolean}} me
   * @param {number} now - milliseconds
   * @returns {boolean} whether the hand is to go down now
   */
  hear({ raised, speaking }, now) {
    const step = Math.min(STEP_MS, Math.max(0, now - this.#last));
    this.#last = now;
    // Who raises it again at once wants it up, whatever they say.
    if (raised && !this.#wasRaised) this.#stays = now - this.#loweredAt <= AGAIN_MS;
    this.#wasRaised = raised;
    this.#spoken = raised && !this.#stays ? Math.max(0, this.#spoken + (speaking ? step : -step)) : 0;
    if (this.#spoken < SPOKEN_MS) return false;
    this.#spoken = 0;
    this.#loweredAt = now;
    return true;
  }
}
