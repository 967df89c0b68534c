/**
 * Timer that asks a person who has been alone in the call for long whether they are still there, and leaves the call if
 * there is no answer, so that no camera stays on in an empty room. The prompt comes after 45 minutes for a person who has
 * met no one yet, and 10 minutes after all others have left. While the server is away the roster is unknown, so
 * there is no prompt.
 */

/**
 * @import { Clock } from "../clock.js"
 * @import { CallState } from "./state.js"
 */

const LEFT_BEHIND_MS = 10 * 60_000;
const WAITING_MS = 45 * 60_000;
const ANSWER_MS = 2 * 60_000;
const SECOND_MS = 1_000;

/** Two minutes to answer; `stay` is the answer, and any sign of life restarts the timer. */
export class IdlePrompt {
  #clock;
  #ask;
  #leave;
  #alone = false;
  #hasMet = false;
  /** @type {number | null} */
  #deadline = null;
  #cancel = () => {};

  /**
   * @param {Object} options
   * @param {Clock} options.clock
   * @param {(secondsLeft: number | null) => void} options.ask - every second of the prompt; null at its end
   * @param {() => void} options.leave
   */
  constructor({ clock, ask, leave }) {
    this.#clock = clock;
    this.#ask = ask;
    this.#leave = leave;
  }

  /** @param {CallState} state */
  update({ phase, link, seats }) {
    const inside = phase === "in" ? Object.keys(seats).length : 0;
    this.#hasMet = phase === "in" && (this.#hasMet || inside > 1);
    const alone = inside === 1 && link === "open";
    if (alone === this.#alone) return;
    this.#alone = alone;
    this.#restart();
  }

  /** The person has answered or used the page. */
  stay() {
    if (this.#alone) this.#restart();
  }

  #restart() {
    this.#cancel();
    if (this.#deadline !== null) this.#ask(null);
    this.#deadline = null;
    if (!this.#alone) return;
    this.#cancel = this.#clock.after(this.#hasMet ? LEFT_BEHIND_MS : WAITING_MS, () => {
      this.#deadline = this.#clock.now() + ANSWER_MS;
      this.#countDown(this.#deadline);
    });
  }

  /** @param {number} deadline */
  #countDown(deadline) {
    const left = Math.ceil((deadline - this.#clock.now()) / SECOND_MS);
    if (left <= 0) {
      this.#alone = false;
      this.#restart();
      return this.#leave();
    }
    this.#ask(left);
    this.#cancel = this.#clock.after(SECOND_MS, () => this.#countDown(deadline));
  }
}
