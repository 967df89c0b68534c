/**
 * Creates RTCPeerConnections ahead of time, in the green room, for the people already inside: no other step
 * of joining takes the browser longer.
 */

import { LIMITS } from "../../protocol.js";
import { addMediaLines } from "./senders.js";

/** @import { Clock } from "../../clock.js" */

/** @typedef {(configuration: RTCConfiguration) => RTCPeerConnection} Create */

/** Holds at most one connection per other person that a room can have, with its four transceivers added. */
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

  /** @param {number} count - number of connections to keep ready */
  resize(count) {
    this.#wanted = Math.min(count, LIMITS.CAPACITY_MAX - 1);
    this.#cancel();
    // One per task, so that the page stays responsive.
    if (this.#ready.length < this.#wanted) this.#cancel = this.#clock.after(0, () => this.#add());
  }

  /** @returns {RTCPeerConnection | null} with the four media lines of an invitation; null if none is ready */
  take() {
    const pc = this.#ready.shift();
    if (!pc) return null;
    try {
      // The connection was made before I had a seat, and TURN servers are sent only to seats.
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
