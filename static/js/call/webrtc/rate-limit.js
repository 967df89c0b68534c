/** Sliding-window rate limit: another page may ask as often as it likes, it must not keep this one busy. */

/** @import { Clock } from "../../clock.js" */

export class RateLimit {
  #clock;
  #most;
  #withinMs;
  /** @type {number[]} */
  #taken = [];

  /** @param {Clock} clock @param {{most: number, withinMs: number}} limits */
  constructor(clock, { most, withinMs }) {
    this.#clock = clock;
    this.#most = most;
    this.#withinMs = withinMs;
  }

  /** @returns {boolean} whether there was one left */
  take() {
    const now = this.#clock.now();
    this.#taken = this.#taken.filter((at) => now - at < this.#withinMs);
    return this.#taken.length < this.#most && this.#taken.push(now) > 0;
  }
}
