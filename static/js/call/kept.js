/**
 * Kept seats: their lease has run out, but their media still flows. They may stay for two minutes, in
 * which their page comes back, or else leaves for good.
 *
 * @typedef {import("./clock.js").Clock} Clock
 */

import { isKept } from "./reduce.js";

const KEPT_MS = 120_000;

export class KeptSeats {
  /** @param {Clock} clock @param {(id: string) => void} drop */
  constructor(clock, drop) {
    this.#clock = clock;
    this.#drop = drop;
  }

  #clock;
  #drop;
  /** @type {Map<string, () => void>} */
  #timers = new Map();

  /** @param {import("./store.js").CallState} state */
  update(state) {
    for (const [id, cancel] of this.#timers) {
      if (isKept(state, id)) continue;
      cancel();
      this.#timers.delete(id);
    }
    for (const id of Object.keys(state.seats)) {
      if (isKept(state, id) && !this.#timers.has(id)) {
        this.#timers.set(id, this.#clock.after(KEPT_MS, () => this.#drop(id)));
      }
    }
  }
}
