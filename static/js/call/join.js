/**
 * Sends `hello` to take a seat or to resume it, and handles refusals. A refused first hello returns to the green room; a
 * refused resume retries, or takes the suggested nickname, to keep the person in the call.
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

/** At most one hello is in flight. A result that belongs to an earlier round is ignored. */
export class JoinHandshake {
  #socket;
  #key;
  #nicknameSync;
  #store;
  #clock;
  #refused;
  #round = 0;
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
   * @param {(problem: Problem) => void} options.refused - for a refusal that cannot be retried
   */
  constructor({ socket, key, nicknameSync, store, clock, refused }) {
    this.#socket = socket;
    this.#key = key;
    this.#nicknameSync = nicknameSync;
    this.#store = store;
    this.#clock = clock;
    this.#refused = refused;
  }

  /** Ends the handshake: the welcome has come, or no seat is wanted any more. */
  stop() {
    this.#round += 1;
    this.#failures = 0;
    this.#waiting = false;
    this.#cancelRetry();
  }

  /** Abandons a hello that was sent on an earlier socket. */
  reset() {
    this.#round += 1;
    this.#waiting = false;
    this.#cancelRetry();
  }

  /** Sends a hello unless one is in flight or the socket is not open. */
  async begin() {
    if (this.#waiting || this.#socket.state !== "open") return;
    this.#waiting = true;
    const round = ++this.#round;
    await this.#key.claim();
    if (round !== this.#round) return;
    const { mic, cam } = this.#store.state.local;
    const { nickname } = this.#nicknameSync;
    const hello = { type: /** @type {const} */ ("hello"), ...this.#key.next(), nickname, mic, cam };
    this.#socket.request(hello).catch((problem) => {
      if (round === this.#round) this.#handleRefusal(problem);
    });
  }

  /** @param {Problem} problem */
  #handleRefusal(problem) {
    this.#waiting = false;
    if (problem.code === "disconnected") {
      // No answer on an open socket. After a reconnect the meeting begins a new handshake.
      if (this.#socket.state === "open") this.#retryLater();
    } else if (isTransient(problem.code)) {
      this.#retryLater();
    } else if (problem.code === "already_joined") {
      this.#socket.send({ type: "sync" });
    } else if (this.#canChangeNickname(problem) && this.#nicknameSync.fallBack(problem)) {
      this.begin();
    } else {
      this.#refused(problem);
    }
  }

  /** Only in the call; in the green room the person chooses. @param {Problem} problem */
  #canChangeNickname({ code }) {
    return this.#store.state.phase === "in" && (code === "nickname_taken" || code === "nickname_invalid");
  }

  #retryLater() {
    this.#failures += 1;
    this.#waiting = true;
    this.#cancelRetry = this.#clock.after(backoff(this.#failures, this.#clock), () => {
      this.#waiting = false;
      this.begin();
    });
  }
}
