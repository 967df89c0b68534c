/** Tracks how large each remote camera is shown here, so that its sender spends no more on it than can be seen. */

import { pictureStep } from "./budget.js";

/** @import { Clock } from "../../clock.js" */

// Whoever speaks next is often the one who spoke before: a picture that was large stays so for a moment.
const SHRINK_MS = 3_000;

export class ShownSizes {
  #clock;
  #tell;
  /** @type {Map<string, {height: number, cancel: () => void}>} */
  #told = new Map();

  /**
   * @param {Clock} clock
   * @param {(seatId: string, height: number) => void} tell - height: a step of `pictureStep`
   */
  constructor(clock, tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** @param {string} seatId @returns {number | null} what was last asked of that camera */
  of(seatId) {
    return this.#told.get(seatId)?.height ?? null;
  }

  /** @param {string} seatId @param {number} shown - pixels of the screen, 0: not at all */
  set(seatId, shown) {
    const height = pictureStep(shown);
    const told = this.#told.get(seatId);
    told?.cancel();
    if (told?.height === height) return;
    if (told === undefined || height > told.height || height === 0) return this.#say(seatId, height);
    told.cancel = this.#clock.after(SHRINK_MS, () => this.#say(seatId, height));
  }

  /** @param {string} seatId */
  forget(seatId) {
    this.#told.get(seatId)?.cancel();
    this.#told.delete(seatId);
  }

  /** @param {string} seatId @param {number} height */
  #say(seatId, height) {
    this.#told.set(seatId, { height, cancel: () => {} });
    this.#tell(seatId, height);
  }
}
