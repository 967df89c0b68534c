/**
 * Reports my microphone, camera, screen and hand to the server. They take effect here first; changes that the server has
 * missed are found after every welcome by comparison with the roster and sent again. Others may lower my hand: if the
 * roster says so and no change of mine is in flight, my switch follows.
 */

import { isTransient } from "./transient-errors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Problem, SignalSocket } from "./socket.js"
 * @import { Switches } from "./state.js"
 * @import { Store } from "./store.js"
 */

const RETRY_MS = 1_000;
const SWITCHES = /** @type {const} */ (["mic", "cam", "screen", "hand"]);

/** Sends one `state` message per change, and one with all differences after a welcome. */
export class SwitchSync {
  #store;
  #socket;
  #clock;
  #refused;

  /** Reports of my hand in flight, and whether the last one failed. */
  #handReports = 0;
  #handUnreported = false;
  /** The seat whose switches were last compared. @type {string | null} */
  #reportedSeat = null;

  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<SignalSocket, "request">} options.socket
   * @param {Clock} options.clock
   * @param {(problem: Problem) => void} options.refused
   */
  constructor({ store, socket, clock, refused }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
    this.#refused = refused;
    store.subscribe((_, action) => {
      if (action.type === "seat.updated" || action.type === "seat.joined") this.#adoptHand();
    });
  }

  /** @param {Partial<Switches>} change @param {boolean} seated - whether the server has welcomed me on this socket */
  changed(change, seated) {
    if (seated) this.#report(change);
    else if ("hand" in change) this.#handUnreported = true;
  }

  /** @param {Partial<Switches>} change */
  async #report(change) {
    if (Object.keys(change).length === 0) return;
    const hands = "hand" in change ? 1 : 0;
    this.#handReports += hands;
    try {
      await this.#socket.request({ type: "state", ...change });
      if (hands) this.#handUnreported = false;
    } catch (error) {
      if (hands) this.#handUnreported = true;
      this.#handleFailure(/** @type {Problem} */ (error));
    } finally {
      this.#handReports -= hands;
      this.#adoptHand();
    }
  }

  /** @param {Problem} problem */
  #handleFailure(problem) {
    if (isTransient(problem.code)) {
      this.#clock.after(RETRY_MS, () => this.reportDifferences());
    } else if (problem.code !== "disconnected" && problem.code !== "not_joined") {
      this.#refused(problem);
    }
  }

  /** After a welcome: reports the switches that differ from my seat in the roster. */
  reportDifferences() {
    const own = this.#ownSeat();
    if (!own) return;
    // Nothing has been reported for a new seat.
    if (own.id !== this.#reportedSeat) this.#handUnreported = true;
    this.#reportedSeat = own.id;
    const { local } = this.#store.state;
    const known = { ...own, hand: own.hand !== null };
    this.#handUnreported &&= known.hand !== local.hand;
    this.#adoptHand();
    const unreported = SWITCHES.filter((name) => known[name] !== this.#store.state.local[name]);
    this.#report(Object.fromEntries(unreported.map((name) => [name, local[name]])));
  }

  #ownSeat() {
    const { me, seats } = this.#store.state;
    return me ? seats[me] : null;
  }

  #adoptHand() {
    const own = this.#ownSeat();
    if (!own || this.#handReports > 0 || this.#handUnreported) return;
    const hand = own.hand !== null;
    if (hand !== this.#store.state.local.hand) this.#store.dispatch({ type: "local.switch", change: { hand } });
  }
}
