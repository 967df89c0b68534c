/** Detects from audio levels that a person speaks while muted. Pure: time is passed in with the levels. */

const LOUD = 0.06; // 0..1
const SPOKEN_MS = 800; // a cough or a chair is shorter
const AGAIN_MS = 30_000;
const STEP_MS = 500; // timers of a hidden page fire once a second; the sample covers only a part of it

/** Reports after 0.8 s of speech, and then not again for 30 s. */
export class MutedSpeechDetector {
  #spoken = 0;
  #last = 0;
  #noticed = -Infinity;

  /** @param {number} now - milliseconds */
  begin(now) {
    this.#spoken = 0;
    this.#last = now;
  }

  /**
   * @param {number} level @param {number} now
   * @returns {boolean} whether to notify the person now
   */
  hear(level, now) {
    const step = Math.min(STEP_MS, now - this.#last);
    this.#last = now;
    this.#spoken = level >= LOUD ? this.#spoken + step : Math.max(0, this.#spoken - step / 2);
    if (this.#spoken < SPOKEN_MS || now - this.#noticed < AGAIN_MS) return false;
    this.#noticed = now;
    return true;
  }
}
