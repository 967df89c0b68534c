/**
 * Keeps my nickname in step with the server: the confirmed one and a pending change. A pending change is sent at once,
 * again after every welcome, and in every hello, so that no lost connection reverts a nickname. The server decides.
 */

import { isTransient } from "./transient-errors.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Problem, SignalSocket } from "./socket.js"
 */

/** @typedef {{nickname: string, resolve: () => void, reject: (problem: Problem) => void}} PendingChange */

const AGAIN_MS = 1_000;
const AWAY = new Set(["disconnected", "not_joined"]); // said again after the next welcome

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

  /** What to say hello with. */
  get nickname() {
    return this.#pending?.nickname ?? this.#confirmed;
  }

  /** @param {string} nickname - of the green room */
  begin(nickname) {
    this.#confirmed = nickname;
    this.#pending = null;
  }

  /**
   * @param {string} nickname
   * @returns {Promise<void>} resolved when the server has it, or when another change has replaced it; rejected with
   *   {code, message, suggestion?}
   */
  change(nickname) {
    this.#pending?.resolve();
    return new Promise((resolve, reject) => {
      this.#pending = { nickname, resolve, reject };
      if (this.#seated) void this.#tell();
    });
  }

  /** @param {string} nickname - that my seat has, by the snapshot */
  welcomed(nickname) {
    this.#confirmed = nickname;
    this.#seated = true;
    void this.#tell();
  }

  /** Nobody can be told just now. */
  disconnected() {
    this.#seated = false;
  }

  /**
   * A hello was refused for its nickname.
   * @param {Problem} problem
   * @returns {boolean} whether there is another to try
   */
  fallBack(problem) {
    if (this.#pending) {
      this.#refuse(this.#pending, problem);
      return true;
    }
    this.#confirmed = problem.suggestion ?? this.#confirmed;
    return Boolean(problem.suggestion);
  }

  async #tell() {
    const pending = this.#pending;
    if (!pending) return;
    try {
      await this.#socket.request({ type: "nickname", nickname: pending.nickname });
      if (pending !== this.#pending) return;
      this.#confirmed = pending.nickname;
      this.#pending = null;
      pending.resolve();
    } catch (error) {
      this.#failed(pending, /** @type {Problem} */ (error));
    }
  }

  /** @param {PendingChange} pending @param {Problem} problem */
  #failed(pending, problem) {
    if (pending !== this.#pending) return;
    if (isTransient(problem.code)) this.#clock.after(AGAIN_MS, () => this.#seated && void this.#tell());
    else if (!AWAY.has(problem.code)) this.#refuse(pending, problem);
  }

  /** @param {PendingChange} pending @param {Problem} problem */
  #refuse(pending, problem) {
    this.#pending = null;
    pending.reject(problem);
  }
}
