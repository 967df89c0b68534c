/**
 * Keeps the transport in step with the call's state, and the state in step with the transport: passes the roster and
 * the ICE servers on, and records peer states and whether media arrives.
 */

import { IceCredentials } from "./ice-credentials.js";
import { OrphanedSeats } from "./orphaned-seats.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { SignalSocket } from "./socket.js"
 * @import { Store } from "./store.js"
 * @import { Transport, TransportOptions } from "./transport.js"
 */

/** Creates the transport and owns its listeners. Its owner calls `update` after every change of the state. */
export class TransportSync {
  #store;
  #socket;
  #iceCredentials;
  #orphanedSeats;
  #seated;

  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<SignalSocket, "send" | "state" | "mediaLivenessChanged">} options.socket
   * @param {Clock} options.clock
   * @param {() => boolean} options.seated - whether the server has welcomed me on this socket
   * @param {(options: TransportOptions) => Transport} options.createTransport
   */
  constructor({ store, socket, clock, seated, createTransport }) {
    this.#store = store;
    this.#socket = socket;
    this.#seated = seated;
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

  /** The welcome that brought them has been merged into the state. */
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
    this.transport.addEventListener("liveness", (event) => {
      const { alive, flows } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.flows", flows });
      this.#socket.mediaLivenessChanged(alive);
    });
  }
}
