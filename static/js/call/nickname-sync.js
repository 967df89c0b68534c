/**
 * What I am called: the nickname that the server has, and the one I wish for. A wish is said at once, again after every
 * welcome, and in every hello, so that no lost connection takes a nickname back. The server decides.
 *
 * @typedef {import("./socket.js").Problem} Problem
 * @typedef {{nickname: string, resolve: () => void, reject: (problem: Problem) => void}} Wish
 */

import { passes } from "./transient-errors.js";

const AGAIN_MS = 1_000;
const AWAY = new Set(["disconnected", "not_joined"]); // said again after the next welcome

export class Naming {
  /** @param {{socket: Pick<import("./socket.js").SignalSocket, "request">, clock: import("../clock.js").Clock}} options */
  constructor({ socket, clock }) {
    this.#socket = socket;
    this.#clock = clock;
  }

  #socket;
  #clock;
  #settled = "";
  /** @type {Wish | null} */
  #wish = null;
  #seated = false;

  /** What to say hello with. */
  get nickname() {
    return this.#wish?.nickname ?? this.#settled;
  }

  /** @param {string} nickname   of the green room */
  begin(nickname) {
    this.#settled = nickname;
    this.#wish = null;
  }

  /**
   * @param {string} nickname
   * @returns {Promise<void>} resolved when the server has it, or when something else is wished for by now; rejected with
   *   {code, message, suggestion?}
   */
  change(nickname) {
    this.#wish?.resolve();
    return new Promise((resolve, reject) => {
      this.#wish = { nickname, resolve, reject };
      if (this.#seated) void this.#tell();
    });
  }

  /** @param {string} nickname   that my seat has, by the snapshot */
  welcomed(nickname) {
    this.#settled = nickname;
    this.#seated = true;
    void this.#tell();
  }

  /** Nobody can be told just now. */
  parted() {
    this.#seated = false;
  }

  /**
   * A hello was refused for its nickname.
   *
   * @param {Problem} problem
   * @returns {boolean} whether there is another to try
   */
  yield(problem) {
    if (this.#wish) {
      this.#refuse(this.#wish, problem);
      return true;
    }
    this.#settled = problem.suggestion ?? this.#settled;
    return Boolean(problem.suggestion);
  }

  async #tell() {
    const wish = this.#wish;
    if (!wish) return;
    try {
      await this.#socket.request({ type: "nickname", nickname: wish.nickname });
      if (wish !== this.#wish) return;
      this.#settled = wish.nickname;
      this.#wish = null;
      wish.resolve();
    } catch (error) {
      this.#failed(wish, /** @type {Problem} */ (error));
    }
  }

  /** @param {Wish} wish @param {Problem} problem */
  #failed(wish, problem) {
    if (wish !== this.#wish) return;
    if (passes(problem.code)) this.#clock.after(AGAIN_MS, () => this.#seated && void this.#tell());
    else if (!AWAY.has(problem.code)) this.#refuse(wish, problem);
  }

  /** @param {Wish} wish @param {Problem} problem */
  #refuse(wish, problem) {
    this.#wish = null;
    wish.reject(problem);
  }
}
