/**
 * Reports my microphone, camera, screen and hand to the server. They have taken effect here already; what the server
 * missed is found by comparing after every welcome and sent again. Others may lower my hand: where the roster says so
 * and no change of mine is in flight, my switch follows.
 */

import { isTransient } from "./transient-errors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Problem, SignalSocket } from "./socket.js"
 * @import { Switches } from "./state.js"
 * @import { Store } from "./store.js"
 */

const AGAIN_MS = 1_000;
const SWITCHES = /** @type {const} */ (["mic", "cam", "screen", "hand"]);

export class SwitchSync {
  #store;
  #socket;
  #clock;
  #refused;

  /** Of my hand: how often the server was told without an answer yet, and whether it could not be told. */
  #underWay = 0;
  #missed = false;
  /** The seat that was told of last. @type {string | null} */
  #seat = null;

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
      if (action.type === "seat.updated" || action.type === "seat.joined") this.#follow();
    });
  }

  /** @param {Partial<Switches>} change @param {boolean} seated - or there is nobody to tell yet */
  changed(change, seated) {
    if (seated) this.#tell(change);
    else if ("hand" in change) this.#missed = true;
  }

  /** @param {Partial<Switches>} change */
  async #tell(change) {
    if (Object.keys(change).length === 0) return;
    const hands = "hand" in change ? 1 : 0;
    this.#underWay += hands;
    try {
      await this.#socket.request({ type: "state", ...change });
      if (hands) this.#missed = false;
    } catch (error) {
      if (hands) this.#missed = true;
      this.#failed(/** @type {Problem} */ (error));
    } finally {
      this.#underWay -= hands;
      this.#follow();
    }
  }

  /** @param {Problem} problem */
  #failed(problem) {
    if (isTransient(problem.code)) {
      this.#clock.after(AGAIN_MS, () => this.tellDifferences());
    } else if (problem.code !== "disconnected" && problem.code !== "not_joined") {
      this.#refused(problem);
    }
  }

  tellDifferences() {
    const mine = this.#mine();
    if (!mine) return;
    // Another seat was never told.
    if (mine.id !== this.#seat) this.#missed = true;
    this.#seat = mine.id;
    const { local } = this.#store.state;
    const told = { ...mine, hand: mine.hand !== null };
    this.#missed &&= told.hand !== local.hand;
    this.#follow();
    const missed = SWITCHES.filter((name) => told[name] !== this.#store.state.local[name]);
    this.#tell(Object.fromEntries(missed.map((name) => [name, local[name]])));
  }

  #mine() {
    const { me, seats } = this.#store.state;
    return me ? seats[me] : null;
  }

  #follow() {
    const mine = this.#mine();
    if (!mine || this.#underWay > 0 || this.#missed) return;
    const hand = mine.hand !== null;
    if (hand !== this.#store.state.local.hand) this.#store.dispatch({ type: "local.switch", change: { hand } });
  }
}
