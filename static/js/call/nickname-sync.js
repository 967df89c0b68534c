/**
 * Keeps my nickname in step with the server: the confirmed one and a pending change. A pending change is sent at once,
 * again after every welcome, and in every hello, so that a lost connection does not revert a nickname.
 */

import { isTransient } from "./transient-errors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Problem, SignalSocket } from "./socket.js"
 */

/** @typedef {{nickname: string, resolve: () => void, reject: (problem: Problem) => void}} PendingChange */

const RETRY_MS = 1_000;
const UNSEATED = new Set(["disconnected", "not_joined"]); // sent again after the next welcome

/** Holds one pending change; a newer one replaces it. The server decides whether a nickname is free. */
export class NicknameSync {
  #socket;
  #clock;
  #confirmed = "";
  /** @type {PendingChange | null} */
  #pending = null;
  #seated = false;

  /** @param {{socket: Pick<SignalSocket, "request">, clock: Clock}} options */
  constructor({ socket, clock }) {
    this.#socket = socket;
    this.#clock = clock;
  }

  /** The nickname for the next hello. */
  get nickname() {
    return this.#pending?.nickname ?? this.#confirmed;
  }

  /** @param {string} nickname - from the green room */
  begin(nickname) {
    this.#confirmed = nickname;
    this.#pending = null;
  }

  /**
   * @param {string} nickname
   * @returns {Promise<void>} resolves when the server has accepted it, or when another change has replaced it; rejects
   *   with {code, message, suggestion?}
   */
  change(nickname) {
    this.#pending?.resolve();
    return new Promise((resolve, reject) => {
      this.#pending = { nickname, resolve, reject };
      if (this.#seated) void this.#send();
    });
  }

  /** @param {string} nickname - of my seat in the snapshot */
  welcomed(nickname) {
    this.#confirmed = nickname;
    this.#seated = true;
    void this.#send();
  }

  /** The socket is lost: changes wait for the next welcome. */
  disconnected() {
    this.#seated = false;
  }

  /**
   * Chooses another nickname after a hello was refused for its nickname.
   * @param {Problem} problem
   * @returns {boolean} false if there is no other
   */
  fallBack(problem) {
    if (this.#pending) {
      this.#refuse(this.#pending, problem);
      return true;
    }
    this.#confirmed = problem.suggestion ?? this.#confirmed;
    return Boolean(problem.suggestion);
  }

  async #send() {
    const pending = this.#pending;
    if (!pending) return;
    try {
      await this.#socket.request({ type: "nickname", nickname: pending.nickname });
      if (pending !== this.#pending) return;
      this.#confirmed = pending.nickname;
      this.#pending = null;
      pending.resolve();
    } catch (error) {
      this.#handleFailure(pending, /** @type {Problem} */ (error));
    }
  }

  /** @param {PendingChange} pending @param {Problem} problem */
  #handleFailure(pending, problem) {
    if (pending !== this.#pending) return;
    if (isTransient(problem.code)) this.#clock.after(RETRY_MS, () => this.#seated && void this.#send());
    else if (!UNSEATED.has(problem.code)) this.#refuse(pending, problem);
  }

  /** @param {PendingChange} pending @param {Problem} problem */
  #refuse(pending, problem) {
    this.#pending = null;
    pending.reject(problem);
  }
}
