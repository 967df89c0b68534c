/** Requests that only hosts may make. The server decides whether the sender is a host. */

/** @import { SignalSocket } from "./socket.js" */

/** Each method resolves with the server's ack and rejects with its {code, message}. */
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

  /** @param {string | null} seatId - shown large to everyone; null ends the spotlight @returns {Promise<void>} */
  spotlight(seatId) {
    return this.#socket.request({ type: "moderate", act: "spotlight", seat: seatId });
  }
}
