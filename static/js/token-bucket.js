/** Token buckets: bounds on work that other people can cause, by rate and by burst. */

/** @import { Clock } from "./clock.js" */

/**
 * @typedef {Object} Rate
 * @property {number} burst - tokens of a full bucket
 * @property {number} perSecond - tokens that come back per second
 */

// More seats than a room has at a time: people come and go.
const IDS_MAX = 64;

/** One bucket, full at first. */
export class TokenBucket {
  #clock;
  #rate;
  #tokens;
  #filledAt;

  /** @param {Clock} clock @param {Rate} rate */
  constructor(clock, rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = clock.now();
  }

  /**
   * Takes all of `amount` or nothing.
   * @param {number} [amount]
   * @returns {boolean} false: over the limit
   */
  take(amount = 1) {
    this.#refill();
    if (amount > this.#tokens) return false;
    this.#tokens -= amount;
    return true;
  }

  /** Milliseconds until one token is there. */
  get wait() {
    this.#refill();
    return Math.ceil((Math.max(0, 1 - this.#tokens) / this.#rate.perSecond) * 1_000);
  }

  #refill() {
    const now = this.#clock.now();
    // A clock that was set back gives nothing, and takes nothing away.
    const seconds = Math.max(0, now - this.#filledAt) / 1_000;
    this.#filledAt = now;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#rate.perSecond);
  }
}

/**
 * Keeps one value per seat, such as a bucket, longer than the seat's connections. Forgets the least recently made when
 * there are more than 64.
 * @template Value
 */
export class BySeat {
  #make;
  /** @type {Map<string, Value>} */
  #values = new Map();

  /** @param {(id: string) => Value} make */
  constructor(make) {
    this.#make = make;
  }

  /** @param {string} id @returns {Value} */
  of(id) {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    const made = this.#make(id);
    this.#values.set(id, made);
    if (this.#values.size > IDS_MAX) this.#values.delete(this.#values.keys().next().value ?? "");
    return made;
  }
}
