/**
 * Queues and sends my chat lines. A line is shown at once, sent again after every resume under the same ref (the server
 * keeps one), and marked failed only when the server refuses it. The next line is sent when the one before is settled:
 * of two in flight the first could be refused by the rate limit and come second.
 *
 * Unsent lines are stored, so that a reload loses nothing that was written.
 */

import { isTransient } from "../transient-errors.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { SignalSocket } from "../socket.js"
 * @import { Store } from "../store.js"
 * @import { ChatEntry } from "./log.js"
 */

/**
 * @typedef {{load: () => Record<string, unknown>, save: (values: Record<string, unknown>) => void}} UnsentStorage
 */

const AGAIN_MS = 2_000;
const AWAY = new Set(["disconnected", "not_joined"]); // said again when I am back

export class Outbox {
  #store;
  #socket;
  #clock;
  #prefix;
  #storage;
  #count = 0;
  #underway = false;
  #cancelAgain = () => {};

  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<SignalSocket, "request" | "state">} options.socket
   * @param {Clock} options.clock
   * @param {string} options.prefix - random per page, so that refs of two page loads never meet
   * @param {UnsentStorage | null} options.storage
   */
  constructor({ store, socket, clock, prefix, storage }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
    this.#prefix = prefix;
    this.#storage = storage;
  }

  /** @param {string} text @param {string | null} to */
  add(text, to) {
    const { me, seats, clockSkew } = this.#store.state;
    this.#count += 1;
    const entry = {
      ref: `${this.#prefix}-${this.#count}`,
      seat: me ?? "",
      nickname: (me && seats[me]?.nickname) || "",
      text,
      to,
      to_nickname: (to && seats[to]?.nickname) || null,
      sent_at: this.#clock.now() / 1_000 + clockSkew,
      status: /** @type {const} */ ("sending"),
    };
    this.#store.dispatch({ type: "local.chat", entry });
    this.#remember();
    this.flush();
  }

  /** Says a line again that the server refused, in its old place. @param {string} ref */
  again(ref) {
    this.#amend(ref, { status: "sending" });
    this.flush();
  }

  /** What the page before this one could not send; before the snapshot, which may have it. */
  restore() {
    const { unsent } = this.#storage?.load() ?? {};
    const known = new Set(this.#store.state.chat.map(({ ref }) => ref));
    for (const entry of Array.isArray(unsent) ? unsent.filter(isUnsent) : []) {
      if (!known.has(entry.ref)) this.#store.dispatch({ type: "local.chat", entry });
    }
  }

  #remember() {
    this.#storage?.save({ unsent: this.#store.state.chat.filter(isUnsent) });
  }

  /** Sends, in order, whatever the server has not confirmed. */
  async flush() {
    this.#remember();
    if (this.#underway) return;
    this.#underway = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const settled = await this.#send(next);
      this.#remember();
      if (!settled) break;
    }
    this.#underway = false;
  }

  /** @returns {ChatEntry | undefined} the first line that waits, if now is the time */
  #next() {
    const { chat, me, phase } = this.#store.state;
    if (phase !== "in" || !me || this.#socket.state !== "open") return undefined;
    const entry = chat.find(({ status }) => status === "sending");
    if (!entry || entry.seat === me) return entry;
    // A line that outlived its seat is said by the new one. Of another page's lines, perhaps a tab that this one was
    // made of by duplicating it, the person decides.
    if (entry.ref.startsWith(this.#prefix)) this.#amend(entry.ref, { seat: me });
    else this.#amend(entry.ref, { seat: me, status: "failed", problem: { code: "page_before" } });
    return this.#next();
  }

  /**
   * @param {ChatEntry} entry
   * @returns {Promise<boolean>} whether the next may follow
   */
  async #send({ ref, text, to }) {
    try {
      await this.#socket.request({ type: "chat", text, ref, ...(to && { to }) });
      // The line itself came before the ack, and took its place.
      return this.#store.state.chat.every((entry) => entry.ref !== ref || entry.status === "sent") || this.#later();
    } catch (problem) {
      const { code = "", message = "" } = /** @type {{code?: string, message?: string}} */ (problem);
      if (isTransient(code) || AWAY.has(code)) return this.#later();
      this.#amend(ref, { status: "failed", problem: { code, message } });
      return true;
    }
  }

  /** @param {string} ref @param {Partial<ChatEntry>} change */
  #amend(ref, change) {
    this.#store.dispatch({ type: "local.amend", ref, change });
  }

  #later() {
    this.#cancelAgain();
    this.#cancelAgain = this.#clock.after(AGAIN_MS, () => this.flush());
    return false;
  }
}

/** @param {ChatEntry} entry */
function isUnsent(entry) {
  const { ref, text, status } = entry ?? {};
  return typeof ref === "string" && typeof text === "string" && (status === "sending" || status === "failed");
}
