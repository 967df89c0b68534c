/**
 * Sends `hello` to take a seat or to resume it, and handles the refusals. A refused first hello goes back to the green
 * room; a resume tries whatever keeps the person in the call.
 */

import { backoff } from "./backoff.js";
import { isTransient } from "./transient-errors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { NicknameSync } from "./nickname-sync.js"
 * @import { SeatKey } from "./seat-key.js"
 * @import { Problem, SignalSocket } from "./socket.js"
 * @import { Store } from "./store.js"
 */

export class JoinHandshake {
  #socket;
  #key;
  #nicknameSync;
  #store;
  #clock;
  #refused;
  #turn = 0;
  #failures = 0;
  #waiting = false;
  #cancelRetry = () => {};

  /**
   * @param {Object} options
   * @param {Pick<SignalSocket, "request" | "send" | "state">} options.socket
   * @param {SeatKey} options.key
   * @param {NicknameSync} options.nicknameSync
   * @param {Store} options.store
   * @param {Clock} options.clock
   * @param {(problem: Problem) => void} options.refused - nothing more to try
   */
  constructor({ socket, key, nicknameSync, store, clock, refused }) {
    this.#socket = socket;
    this.#key = key;
    this.#nicknameSync = nicknameSync;
    this.#store = store;
    this.#clock = clock;
    this.#refused = refused;
  }

  /** The server's welcome came, or the reason to say hello is gone. */
  stop() {
    this.#turn += 1;
    this.#failures = 0;
    this.#waiting = false;
    this.#cancelRetry();
  }

  /** The socket is new: whatever was said on the old one is void. */
  reset() {
    this.#turn += 1;
    this.#waiting = false;
    this.#cancelRetry();
  }

  async begin() {
    if (this.#waiting || this.#socket.state !== "open") return;
    this.#waiting = true;
    const turn = ++this.#turn;
    await this.#key.claim();
    if (turn !== this.#turn) return;
    const { mic, cam } = this.#store.state.local;
    const { nickname } = this.#nicknameSync;
    const hello = { type: /** @type {const} */ ("hello"), ...this.#key.next(), nickname, mic, cam };
    this.#socket.request(hello).catch((problem) => {
      if (turn === this.#turn) this.#answered(problem);
    });
  }

  /** @param {Problem} problem */
  #answered(problem) {
    this.#waiting = false;
    if (problem.code === "disconnected") {
      // Silence on an open socket; a lost one greets anew when it is back.
      if (this.#socket.state === "open") this.#later();
    } else if (isTransient(problem.code)) {
      this.#later();
    } else if (problem.code === "already_joined") {
      this.#socket.send({ type: "sync" });
    } else if (this.#isAboutName(problem) && this.#nicknameSync.fallBack(problem)) {
      this.begin();
    } else {
      this.#refused(problem);
    }
  }

  /** In the green room the person chooses another. @param {Problem} problem */
  #isAboutName({ code }) {
    return this.#store.state.phase === "in" && (code === "nickname_taken" || code === "nickname_invalid");
  }

  #later() {
    this.#failures += 1;
    this.#waiting = true;
    this.#cancelRetry = this.#clock.after(backoff(this.#failures, this.#clock), () => {
      this.#waiting = false;
      this.begin();
    });
  }
}
