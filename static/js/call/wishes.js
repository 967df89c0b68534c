/**
 * Whose camera is on show: what I let the other side know of theirs, and what they let me know of mine.
 *
 * @typedef {{video: boolean}} Want
 */

export class Wishes {
  /**
   * @param {() => boolean} reaches   whether it could be said now
   * @param {(want: Want) => void} say
   */
  constructor(reaches, say) {
    this.#reaches = reaches;
    this.#say = say;
  }

  /** Whether they show my camera. */
  granted = true;

  #reaches;
  #say;
  /** What I want of theirs, null if nothing was ever said. @type {boolean | null} */
  #mine = null;
  #told = true;
  #newest = -1;

  /** @param {boolean} video */
  set(video) {
    if (video === (this.#mine ?? true)) return;
    this.#mine = video;
    this.tell();
  }

  tell() {
    this.#told = this.#reaches();
    if (this.#told && this.#mine !== null) this.#say({ video: this.#mine });
  }

  tellMissed() {
    if (!this.#told) this.tell();
  }

  missed() {
    this.#told = false;
  }

  /** The other side counts anew. */
  renewed() {
    this.#newest = -1;
  }

  /**
   * @param {Want} want
   * @param {number} n   the other side's counter
   * @returns {boolean} whether it is news
   */
  heed(want, n) {
    if (n <= this.#newest) return false;
    this.#newest = n;
    this.granted = want.video;
    return true;
  }
}
