/**
 * Keeps the TURN credentials fresh. ICE servers come with every welcome and their credentials expire. A new welcome is
 * requested every ten minutes, so that when someone joins a long meeting late, or restarts ICE, the other side can still
 * use the relay. A peer also waits for fresh credentials before it restarts ICE, but two seconds at most.
 */

/** @import { Clock } from "../clock.js" */

const FRESH_MS = 60_000;
const SYNC_MS = 2_000;
const RENEW_MS = 600_000;

/** Credentials from a welcome of the last minute count as fresh. */
export class IceCredentials {
  #clock;
  #sync;
  #renewedAt = -Infinity;
  /** @type {Promise<void> | null} */
  #waiting = null;
  #resolveWaiting = () => {};
  #cancelRenewal = () => {};

  /** @param {Clock} clock @param {() => boolean} sync - requests a welcome; false if the socket is not open */
  constructor(clock, sync) {
    this.#clock = clock;
    this.#sync = sync;
  }

  /** A welcome has brought ICE servers. */
  renewed() {
    this.#renewedAt = this.#clock.now();
    this.#cancelRenewal();
    // If the socket is not open then, it brings a welcome when it reconnects.
    this.#cancelRenewal = this.#clock.after(RENEW_MS, () => void this.#sync());
    this.#resolveWaiting();
  }

  /** Resolves when the credentials are fresh or two seconds have passed; peers share one request. */
  ensureFresh() {
    if (this.#clock.now() - this.#renewedAt < FRESH_MS) return Promise.resolve();
    this.#waiting ??= new Promise((resolve) => {
      const cancel = this.#clock.after(SYNC_MS, () => this.#resolveWaiting());
      this.#resolveWaiting = () => {
        cancel();
        this.#waiting = null;
        this.#resolveWaiting = () => {};
        resolve();
      };
      if (!this.#sync()) this.#clock.after(0, () => this.#resolveWaiting());
    });
    return this.#waiting;
  }
}
