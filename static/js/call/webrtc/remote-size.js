/** Exchanges display sizes with one other page: how large I show its camera, and how large it shows mine. */

import { FIRST_HEIGHT } from "./budget.js";

/** @typedef {{height: number}} Want */

export class RemoteSize {
  /** How large they show my camera, in pixels. */
  granted = FIRST_HEIGHT;

  #reaches;
  #say;
  /** What I want of theirs, null if nothing was ever said. @type {number | null} */
  #mine = null;
  #told = true;
  #newest = -1;

  /**
   * @param {() => boolean} reaches - whether it could be said now
   * @param {(want: Want) => void} say
   */
  constructor(reaches, say) {
    this.#reaches = reaches;
    this.#say = say;
  }

  /** @param {number} height */
  set(height) {
    this.#mine = height;
    this.send();
  }

  send() {
    this.#told = this.#reaches();
    if (this.#told && this.#mine !== null) this.#say({ height: this.#mine });
  }

  sendMissed() {
    if (!this.#told) this.send();
  }

  markMissed() {
    this.#told = false;
  }

  /** The other side counts anew. */
  reset() {
    this.#newest = -1;
  }

  /**
   * @param {Want} want
   * @param {number} n - the other side's counter
   * @returns {boolean} whether it is news
   */
  accept(want, n) {
    if (n <= this.#newest) return false;
    this.#newest = n;
    this.granted = want.height;
    return true;
  }
}
