/**
 * Fetches older chat lines page by page. A snapshot brings only the last lines; earlier ones, written before I joined or
 * while I was disconnected, are requested until they overlap with those that are known.
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

const RETRY_MS = 2_000;

/** One request at a time; stops at LINES_MAX lines. */
export class ChatHistory {
  #store;
  #socket;
  #clock;
  /** @type {Set<number | undefined> | null} ids of the lines before the gap; null: no gap */
  #linesBeforeGap = null;
  #cancelRetry = () => {};

  /** @param {{store: Store, socket: Pick<SignalSocket, "request">, clock: Clock}} options */
  constructor({ store, socket, clock }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
  }

  /** Called before a snapshot is merged. A gap that was not filled before the connection was lost remains. */
  snapshotArriving() {
    this.#cancelRetry();
    this.#linesBeforeGap ??= new Set(this.#store.state.chat.map(({ id }) => id));
  }

  /**
   * @param {readonly ChatLine[]} lines - a page, oldest first, from the snapshot or an answer
   * @param {boolean} [earlier] - whether there are lines before them; a server of the previous release does not say
   */
  received(lines, earlier = lines.length >= LIMITS.CHAT_HISTORY) {
    const known = this.#linesBeforeGap;
    if (!known) return;
    const complete = !earlier || lines.some(({ id }) => known.has(id));
    if (complete || this.#store.state.chat.length >= LINES_MAX) this.#linesBeforeGap = null;
    else this.#request(lines[0]?.id ?? 0);
  }

  /** @param {number} before */
  async #request(before) {
    try {
      await this.#socket.request({ type: "chat.earlier", before });
    } catch (problem) {
      const { code = "" } = /** @type {{code?: string}} */ (problem);
      if (isTransient(code)) this.#cancelRetry = this.#clock.after(RETRY_MS, () => this.#request(before));
    }
  }
}
