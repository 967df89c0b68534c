/**
 * Creates RTCPeerConnections ahead of time, in the green room, for the people already inside: creating one takes the
 * browser longer than any other step of joining.
 */

import { LIMITS } from "../../protocol.js";
import { addMediaLines } from "./senders.js";

/** @import { Clock } from "../../clock.js" */

/** @typedef {(configuration: RTCConfiguration) => RTCPeerConnection} Create */

export class ConnectionPool {
  #clock;
  #create;
  #configuration;
  /** @type {RTCPeerConnection[]} */
  #ready = [];
  #wanted = 0;
  #cancel = () => {};

  /**
   * @param {Clock} clock
   * @param {Create} create
   * @param {() => RTCConfiguration} configuration
   */
  constructor(clock, create, configuration) {
    this.#clock = clock;
    this.#create = create;
    this.#configuration = configuration;
  }

  /** @param {number} count - how many to have at hand */
  resize(count) {
    this.#wanted = Math.min(count, LIMITS.CAPACITY_MAX - 1);
    this.#cancel();
    // One at a time, so that the page answers in between.
    if (this.#ready.length < this.#wanted) this.#cancel = this.#clock.after(0, () => this.#add());
  }

  /** @returns {RTCPeerConnection | null} one with the four media lines of an invitation */
  take() {
    const pc = this.#ready.shift();
    if (!pc) return null;
    try {
      // The addresses of relays are told only to those who have a seat.
      pc.setConfiguration(this.#configuration());
      return pc;
    } catch {
      pc.close();
      return null;
    }
  }

  close() {
    this.resize(0);
    for (const pc of this.#ready.splice(0)) pc.close();
  }

  #add() {
    const pc = this.#create(this.#configuration());
    addMediaLines(pc);
    this.#ready.push(pc);
    this.resize(this.#wanted);
  }
}
