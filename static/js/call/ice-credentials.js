/**
 * Keeps the TURN credentials fresh. ICE servers come with every welcome and their credentials expire. A new welcome is
 * requested every ten minutes, so that people who join a long meeting late, or restart ICE there, meet peers that can
 * still use the relay; a peer also waits here for one before it restarts ICE itself, but never long.
 */

/** @import { Clock } from "../clock.js" */

const FRESH_MS = 60_000;
const SYNC_MS = 2_000;
const RENEW_MS = 600_000;

export class IceCredentials {
  #clock;
  #sync;
  #renewedAt = -Infinity;
  /** @type {Promise<void> | null} */
  #waiting = null;
  #done = () => {};
  #cancelRenewal = () => {};

  /** @param {Clock} clock @param {() => boolean} sync - asks for a welcome; false if that cannot be said now */
  constructor(clock, sync) {
    this.#clock = clock;
    this.#sync = sync;
  }

  renewed() {
    this.#renewedAt = this.#clock.now();
    this.#cancelRenewal();
    // A socket that is away then brings a welcome of its own when it is back.
    this.#cancelRenewal = this.#clock.after(RENEW_MS, () => void this.#sync());
    this.#done();
  }

  /** One question for all peers that ask at the same time. */
  ensureFresh() {
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
