/**
 * Timer that asks a person who has long been alone in the call whether they are still there, and leaves without an
 * answer: nobody wants an open camera in an empty room. Somebody who waits for the others to come is asked much later
 * than somebody whom the others have left. While the server is away the roster is unknown, so nobody is asked.
 */

/**
 * @import { Clock } from "../clock.js"
 * @import { CallState } from "./state.js"
 */

const LEFT_BEHIND_MS = 10 * 60_000;
const WAITING_MS = 45 * 60_000;
const ANSWER_MS = 2 * 60_000;
const SECOND = 1_000;

export class IdlePrompt {
  #clock;
  #ask;
  #leave;
  #alone = false;
  #met = false;
  /** @type {number | null} */
  #deadline = null;
  #cancel = () => {};

  /**
   * @param {Object} options
   * @param {Clock} options.clock
   * @param {(secondsLeft: number | null) => void} options.ask - every second while it is asked; null when it is over
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
    this.#met = phase === "in" && (this.#met || inside > 1);
    const alone = inside === 1 && link === "open";
    if (alone === this.#alone) return;
    this.#alone = alone;
    this.#begin();
  }

  /** A sign of life, or the answer. */
  stay() {
    if (this.#alone) this.#begin();
  }

  #begin() {
    this.#cancel();
    if (this.#deadline !== null) this.#ask(null);
    this.#deadline = null;
    if (!this.#alone) return;
    this.#cancel = this.#clock.after(this.#met ? LEFT_BEHIND_MS : WAITING_MS, () => {
      this.#deadline = this.#clock.now() + ANSWER_MS;
      this.#count(this.#deadline);
    });
  }

  /** @param {number} deadline */
  #count(deadline) {
    const left = Math.ceil((deadline - this.#clock.now()) / SECOND);
    if (left <= 0) {
      this.#alone = false;
      this.#begin();
      return this.#leave();
    }
    this.#ask(left);
    this.#cancel = this.#clock.after(SECOND, () => this.#count(deadline));
  }
}
