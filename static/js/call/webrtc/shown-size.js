/** Tracks the height at which each remote camera is shown here, and asks its sender for no more than that. */

import { heightStep } from "./send-limits.js";

/** @import { Clock } from "../../clock.js" */

// The next speaker is often the previous one, so a smaller size is requested only after this time.
const SHRINK_MS = 3_000;

/** Requests a larger height, or none, at once and a smaller one after three seconds. */
export class ShownSizes {
  #clock;
  #send;
  /** @type {Map<string, {height: number, cancel: () => void}>} */
  #requested = new Map();

  /**
   * @param {Clock} clock
   * @param {(seatId: string, height: number) => void} send - height: a step of `heightStep`
   */
  constructor(clock, send) {
    this.#clock = clock;
    this.#send = send;
  }

  /** @param {string} seatId @returns {number | null} the height last requested of that camera */
  of(seatId) {
    return this.#requested.get(seatId)?.height ?? null;
  }

  /** @param {string} seatId @param {number} shown - device pixels, 0: not shown */
  set(seatId, shown) {
    const height = heightStep(shown);
    const requested = this.#requested.get(seatId);
    requested?.cancel();
    if (requested?.height === height) return;
    if (requested === undefined || height > requested.height || height === 0) return this.#request(seatId, height);
    requested.cancel = this.#clock.after(SHRINK_MS, () => this.#request(seatId, height));
  }

  /** @param {string} seatId */
  forget(seatId) {
    this.#requested.get(seatId)?.cancel();
    this.#requested.delete(seatId);
  }

  /** @param {string} seatId @param {number} height */
  #request(seatId, height) {
    this.#requested.set(seatId, { height, cancel: () => {} });
    this.#send(seatId, height);
  }
}
