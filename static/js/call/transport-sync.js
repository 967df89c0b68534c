/**
 * Keeps the transport in step with the call's state, and the state in step with the transport: passes the roster and
 * the ICE servers on, and records peer states, limited seats and whether media arrives.
 */

import { IceCredentials } from "./ice-credentials.js";
import { OrphanedSeats } from "./orphaned-seats.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { SignalSocket } from "./socket.js"
 * @import { Store } from "./store.js"
 * @import { Transport, TransportOptions } from "./transport.js"
 * @import { WakeSource } from "./wake-events.js"
 */

/** Creates the transport and owns its listeners. Its owner calls `update` after every change of the state. */
export class TransportSync {
  #store;
  #socket;
  #iceCredentials;
  #orphanedSeats;
  #seated;
  #wake;
  #stopWake = () => {};

  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<SignalSocket, "send" | "state" | "probe" | "mediaLivenessChanged">} options.socket
   * @param {Clock} options.clock
   * @param {WakeSource} options.wake
   * @param {() => boolean} options.seated - whether the server has welcomed me on this socket
   * @param {(options: TransportOptions) => Transport} options.createTransport
   */
  constructor({ store, socket, clock, wake, seated, createTransport }) {
    this.#store = store;
    this.#socket = socket;
    this.#seated = seated;
    this.#wake = wake;
    this.#iceCredentials = new IceCredentials(clock, () => socket.send({ type: "sync" }));
    this.transport = createTransport({
      clock,
      send: (to, epochs, data) => void socket.send({ type: "signal", to, epochs, data }),
      refreshCredentials: () => this.#iceCredentials.ensureFresh(),
    });
    this.#orphanedSeats = new OrphanedSeats(
      clock,
      (id) => this.transport.flows(id),
      (id) => {
        store.dispatch({ type: "local.drop", id });
        this.update();
      },
    );
    this.#listen();
  }

  /** Checks socket and media whenever the network or the machine may be back. */
  start() {
    this.#stopWake();
    this.#stopWake = this.#wake((reason) => {
      this.#socket.probe();
      this.transport.wake(reason);
    });
  }

  stop() {
    this.#stopWake();
    this.transport.close();
  }

  /** A welcome with new ICE servers has been merged into the state. */
  credentialsRenewed() {
    this.#iceCredentials.renewed();
  }

  /** @param {boolean} [inviter] - the roster came with my welcome */
  update(inviter = false) {
    const { state } = this.#store;
    if (state.phase === "green") this.transport.prepare(state.peek?.inside ?? 0);
    if (state.phase !== "in") return;
    this.transport.update(state, { online: this.#seated() && this.#socket.state === "open", inviter });
    this.#orphanedSeats.update(state);
  }

  #listen() {
    this.transport.addEventListener("peer", (event) => {
      const { seatId, state } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.peer", id: seatId, state });
      // The transport emits this while it is updating; an orphaned seat that lost its media is removed afterwards.
      queueMicrotask(() => this.update());
    });
    this.transport.addEventListener("limited", (event) => {
      const { seatId, limited } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.limited", id: seatId, limited });
    });
    this.transport.addEventListener("liveness", (event) => {
      const { alive, flows } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.flows", flows });
      this.#socket.mediaLivenessChanged(alive);
    });
  }
}
