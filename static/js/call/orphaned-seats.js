/**
 * Keeps seats whose lease has expired while their media still arrives, for at most two minutes: until then their page
 * resumes the seat or has left. A closed tab looks the same until the browser notices that the connection is gone, so
 * received bytes are checked when the lease expires.
 */

import { isOrphaned } from "./selectors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { CallState } from "./state.js"
 */

const KEEP_MS = 120_000;

/** One timer per orphaned seat. */
export class OrphanedSeats {
  #clock;
  #receives;
  #drop;
  /** @type {Map<string, () => void>} */
  #timers = new Map();

  /**
   * @param {Clock} clock
   * @param {(id: string) => Promise<boolean>} flows - whether bytes arrive from that seat
   * @param {(id: string) => void} drop - removes the seat
   */
  constructor(clock, flows, drop) {
    this.#clock = clock;
    this.#receives = flows;
    this.#drop = drop;
  }

  /** @param {CallState} state */
  update(state) {
    for (const [id, cancel] of this.#timers) {
      if (isOrphaned(state, id)) continue;
      cancel();
      this.#timers.delete(id);
    }
    for (const id of Object.keys(state.seats)) {
      if (isOrphaned(state, id) && !this.#timers.has(id)) this.#keep(id);
    }
  }

  /** @param {string} id */
  #keep(id) {
    this.#timers.set(
      id,
      this.#clock.after(KEEP_MS, () => this.#drop(id)),
    );
    void this.#receives(id).then((flows) => flows || this.#drop(id));
  }
}
