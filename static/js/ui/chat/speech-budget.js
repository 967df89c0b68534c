/** Limits how many chat messages screen readers read out. Pure. */

const LINES = 5;
const PER_MS = 2_000;

/**
 * The number of messages that a screen reader may read: five in two seconds, which nobody exceeds by typing. Beyond
 * that, and while earlier messages are filled in by portions, the log is silent.
 */
export class SpeechBudget {
  #since = -Infinity;
  #lines = 0;

  /**
   * Whether messages added now are to be read.
   * @param {number} added - messages added to the log @param {number} now - milliseconds
   */
  allows(added, now) {
    if (now - this.#since >= PER_MS) {
      this.#since = now;
      this.#lines = 0;
    }
    this.#lines += added;
    return this.#lines <= LINES;
  }
}
