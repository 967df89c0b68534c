/** Limits how often something is shown, whatever others do. */

/** @import { Clock } from "../../clock.js" */

const WAITING_MAX = 100; // a hidden page's timers may run once a minute only

/**
 * Passes single items on at once until a burst is used up; further ones wait, and are passed on together when the next
 * interval begins. Of many that wait, the latest are kept.
 * @template T
 */
export class Coalescer {
  #clock;
  #pass;
  #burst;
  #interval;
  #allowance;
  #countedAt;
  /** @type {T[]} */
  #waiting = [];
  #skipped = 0;
  #cancel = () => {};

  /**
   * @param {Pick<Clock, "now" | "after">} clock
   * @param {{burst: number, interval: number}} limits - interval in milliseconds, between two calls in the long run
   * @param {(items: T[], count: number) => void} pass - the latest items, and how many there were in all
   */
  constructor(clock, { burst, interval }, pass) {
    this.#clock = clock;
    this.#pass = pass;
    this.#burst = burst;
    this.#interval = interval;
    this.#allowance = burst;
    this.#countedAt = clock.now();
  }

  /** @param {readonly T[]} items */
  add(items) {
    const idle = this.#waiting.length === 0;
    this.#waiting.push(...items);
    const excess = Math.max(0, this.#waiting.length - WAITING_MAX);
    this.#waiting.splice(0, excess);
    this.#skipped += excess;
    if (!idle || items.length === 0) return;
    this.#refill();
    if (this.#allowance >= 1) this.#flush();
    else this.#cancel = this.#clock.after((1 - this.#allowance) * this.#interval, () => this.#flush());
  }

  /** Drops what waits. */
  clear() {
    this.#cancel();
    this.#waiting = [];
    this.#skipped = 0;
  }

  #refill() {
    const now = this.#clock.now();
    this.#allowance = Math.min(this.#burst, this.#allowance + Math.max(0, now - this.#countedAt) / this.#interval);
    this.#countedAt = now;
  }

  #flush() {
    this.#refill();
    this.#allowance = Math.max(0, this.#allowance - 1);
    const items = this.#waiting;
    const count = items.length + this.#skipped;
    this.#waiting = [];
    this.#skipped = 0;
    this.#pass(items, count);
  }
}
