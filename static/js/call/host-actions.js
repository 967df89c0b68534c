/** Requests that only hosts may make of the server. The server alone decides who is a host. */

/** @import { SignalSocket } from "./socket.js" */

export class HostActions {
  #socket;

  /** @param {Pick<SignalSocket, "request">} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  /** @param {string} seatId @returns {Promise<void>} */
  remove(seatId) {
    return this.#socket.request({ type: "moderate", act: "remove", seat: seatId });
  }

  /** @param {string | null} seatId - shown large to everybody; null: nobody any more @returns {Promise<void>} */
  spotlight(seatId) {
    return this.#socket.request({ type: "moderate", act: "spotlight", seat: seatId });
  }
}
