/**
 * Tells the server of my switches. They have acted here already; what the server missed is told again
 * by comparing, after every welcome.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").Switches} Switches
 * @typedef {import("./socket.js").Problem} Problem
 */

const AGAIN_MS = 1_000;
const SWITCHES = /** @type {const} */ (["mic", "cam", "screen", "hand"]);

export class SwitchReport {
  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<import("./socket.js").SignalSocket, "request">} options.socket
   * @param {import("./clock.js").Clock} options.clock
   * @param {(problem: Problem) => void} options.refused
   */
  constructor({ store, socket, clock, refused }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
    this.#refused = refused;
  }

  #store;
  #socket;
  #clock;
  #refused;

  /** @param {Partial<Switches>} change */
  async tell(change) {
    if (Object.keys(change).length === 0) return;
    try {
      await this.#socket.request({ type: "state", ...change });
    } catch (error) {
      const problem = /** @type {Problem} */ (error);
      if (problem.code === "too_many" || problem.code === "try_again") {
        this.#clock.after(AGAIN_MS, () => this.tellDifferences());
      } else if (problem.code !== "disconnected" && problem.code !== "not_joined") {
        this.#refused(problem);
      }
    }
  }

  tellDifferences() {
    const { local, me, seats } = this.#store.state;
    const mine = me ? seats[me] : null;
    if (!mine) return;
    const told = { ...mine, hand: mine.hand !== null };
    const missed = SWITCHES.filter((name) => told[name] !== local[name]);
    this.tell(Object.fromEntries(missed.map((name) => [name, local[name]])));
  }
}
