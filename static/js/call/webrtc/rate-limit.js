/** Sliding-window rate limit for work that another page can cause. */

/** @import { Clock } from "../../clock.js" */

/** Allows `most` calls of `take` within `withinMs` milliseconds. */
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

  /** @returns {boolean} false: over the limit */
  take() {
    const now = this.#clock.now();
    this.#taken = this.#taken.filter((at) => now - at < this.#withinMs);
    return this.#taken.length < this.#most && this.#taken.push(now) > 0;
  }
}
