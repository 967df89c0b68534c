/** Exchanges display heights with one other page: the height at which I show its camera, and at which it shows mine. */

import { FIRST_HEIGHT } from "./send-limits.js";

/** @typedef {{height: number}} Want */

/** Sends `want` messages, repeats those that did not arrive, and accepts those of the other side in order. */
export class RemoteSize {
  /** The height at which they show my camera, in device pixels. */
  cameraHeight = FIRST_HEIGHT;

  #canSend;
  #sendRequest;
  /** The height that I requested of their camera, null if none. @type {number | null} */
  #requestedHeight = null;
  #delivered = true;
  #lastSequence = -1;

  /**
   * @param {() => boolean} canSend - whether a signal could be delivered now
   * @param {(want: Want) => void} sendRequest
   */
  constructor(canSend, sendRequest) {
    this.#canSend = canSend;
    this.#sendRequest = sendRequest;
  }

  /** @param {number} height */
  set(height) {
    this.#requestedHeight = height;
    this.send();
  }

  send() {
    this.#delivered = this.#canSend();
    if (this.#delivered && this.#requestedHeight !== null) this.#sendRequest({ height: this.#requestedHeight });
  }

  sendMissed() {
    if (!this.#delivered) this.send();
  }

  markMissed() {
    this.#delivered = false;
  }

  /** The other side has a new connection, whose sequence numbers begin again. */
  reset() {
    this.#lastSequence = -1;
  }

  /**
   * @param {Want} want
   * @param {number} n - sequence number of the signal
   * @returns {boolean} false for one that is older than the last
   */
  accept(want, n) {
    if (n <= this.#lastSequence) return false;
    this.#lastSequence = n;
    this.cameraHeight = want.height;
    return true;
  }
}
