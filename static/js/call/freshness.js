/**
 * ICE servers come with every welcome and their credentials live only for a while: before a restart of
 * ICE a pair waits here for a new welcome, but never long.
 *
 * @typedef {import("./clock.js").Clock} Clock
 */

const FRESH_MS = 60_000;
const SYNC_MS = 2_000;

export class Freshness {
  /** @param {Clock} clock @param {() => boolean} sync asks for a welcome; false if that cannot be said now */
  constructor(clock, sync) {
    this.#clock = clock;
    this.#sync = sync;
  }

  #clock;
  #sync;
  #renewedAt = -Infinity;
  /** @type {Promise<void> | null} */
  #waiting = null;
  #done = () => {};

  renewed() {
    this.#renewedAt = this.#clock.now();
    this.#done();
  }

  /** One question for all pairs that ask at the same time. */
  wait() {
    if (this.#clock.now() - this.#renewedAt < FRESH_MS) return Promise.resolve();
    this.#waiting ??= new Promise((resolve) => {
      const cancel = this.#clock.after(SYNC_MS, () => this.#done());
      this.#done = () => {
        cancel();
        this.#waiting = null;
        this.#done = () => {};
        resolve();
      };
      if (!this.#sync()) this.#clock.after(0, () => this.#done());
    });
    return this.#waiting;
  }
}
