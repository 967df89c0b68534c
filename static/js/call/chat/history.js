/**
 * Fetches older chat lines page by page. A snapshot brings the last lines only; earlier ones, written before I came or
 * while my connection was away, are requested until they meet those that are known already.
 */

import { LIMITS } from "../../protocol.js";
import { isTransient } from "../transient-errors.js";
import { LINES_MAX } from "./log.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { ChatLine } from "../../protocol.js"
 * @import { SignalSocket } from "../socket.js"
 * @import { Store } from "../store.js"
 */

const AGAIN_MS = 2_000;

export class ChatHistory {
  #store;
  #socket;
  #clock;
  /** @type {Set<number | undefined> | null} the lines before the gap, while there may be one */
  #known = null;
  #cancelAgain = () => {};

  /** @param {{store: Store, socket: Pick<SignalSocket, "request">, clock: Clock}} options */
  constructor({ store, socket, clock }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
  }

  /** Before a snapshot is taken in. A gap that was not yet filled when the connection broke stays one. */
  mark() {
    this.#cancelAgain();
    this.#known ??= new Set(this.#store.state.chat.map(({ id }) => id));
  }

  /**
   * @param {readonly ChatLine[]} lines - a page, oldest first; of the snapshot, or asked for
   * @param {boolean} [earlier] - whether there are lines before them; a server of the previous release does not say
   */
  took(lines, earlier = lines.length >= LIMITS.CHAT_HISTORY) {
    const known = this.#known;
    if (!known) return;
    const complete = !earlier || lines.some(({ id }) => known.has(id));
    if (complete || this.#store.state.chat.length >= LINES_MAX) this.#known = null;
    else this.#ask(lines[0]?.id ?? 0);
  }

  /** @param {number} before */
  async #ask(before) {
    try {
      await this.#socket.request({ type: "chat.earlier", before });
    } catch (problem) {
      const { code = "" } = /** @type {{code?: string}} */ (problem);
      if (isTransient(code)) this.#cancelAgain = this.#clock.after(AGAIN_MS, () => this.#ask(before));
    }
  }
}
