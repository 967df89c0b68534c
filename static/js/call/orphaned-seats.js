/**
 * Keeps seats whose lease has expired while their media still flows. They may stay for two minutes, in which their page
 * comes back or leaves for good. A closed tab looks the same for as long as the browser believes in the connection, so
 * received bytes are checked when the lease expires.
 */

import { isOrphaned } from "./selectors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { CallState } from "./state.js"
 */

const STAY_MS = 120_000;

export class OrphanedSeats {
  #clock;
  #flows;
  #drop;
  /** @type {Map<string, () => void>} */
  #timers = new Map();

  /**
   * @param {Clock} clock
   * @param {(id: string) => Promise<boolean>} flows - whether anything comes from that seat
   * @param {(id: string) => void} drop
   */
  constructor(clock, flows, drop) {
    this.#clock = clock;
    this.#flows = flows;
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
      this.#clock.after(STAY_MS, () => this.#drop(id)),
    );
    void this.#flows(id).then((flows) => flows || this.#drop(id));
  }
}
