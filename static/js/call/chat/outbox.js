/**
 * Queues and sends my chat lines. A line is shown at once, sent again after every resume under the same ref (the server
 * keeps one), and marked as failed only when the server refuses it. Each line waits until the one before is settled: of
 * two in flight the rate limit could refuse the first, which would then arrive second.
 *
 * Unsent lines are stored, so that a reload does not lose them.
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

const RETRY_MS = 2_000;
const UNSEATED = new Set(["disconnected", "not_joined"]); // sent again after the next welcome

/** Sends one line at a time, in order. */
export class Outbox {
  #store;
  #socket;
  #clock;
  #prefix;
  #storage;
  #count = 0;
  #flushing = false;
  #cancelRetry = () => {};

  /**
   * @param {Object} options
   * @param {Store} options.store
   * @param {Pick<SignalSocket, "request" | "state">} options.socket
   * @param {Clock} options.clock
   * @param {string} options.prefix - random per page, so that refs of two page loads never collide
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
    this.#persist();
    this.flush();
  }

  /** Sends a refused line again; it keeps its place. @param {string} ref */
  retry(ref) {
    this.#update(ref, { status: "sending" });
    this.flush();
  }

  /** Restores the unsent lines of the page before a reload; before the snapshot, which may confirm them. */
  restore() {
    const { unsent } = this.#storage?.load() ?? {};
    const known = new Set(this.#store.state.chat.map(({ ref }) => ref));
    for (const entry of Array.isArray(unsent) ? unsent.filter(isUnsent) : []) {
      if (!known.has(entry.ref)) this.#store.dispatch({ type: "local.chat", entry });
    }
  }

  #persist() {
    this.#storage?.save({ unsent: this.#store.state.chat.filter(isUnsent) });
  }

  /** Sends the unconfirmed lines. */
  async flush() {
    this.#persist();
    if (this.#flushing) return;
    this.#flushing = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const settled = await this.#send(next);
      this.#persist();
      if (!settled) break;
    }
    this.#flushing = false;
  }

  /** @returns {ChatEntry | undefined} the first unsent line, if lines can be sent now */
  #next() {
    const { chat, me, phase } = this.#store.state;
    if (phase !== "in" || !me || this.#socket.state !== "open") return undefined;
    const entry = chat.find(({ status }) => status === "sending");
    if (!entry || entry.seat === me) return entry;
    // A line whose seat has ended is sent from the new seat. For lines of another page load, which may be the tab that
    // this one was duplicated from, the person decides.
    if (entry.ref.startsWith(this.#prefix)) this.#update(entry.ref, { seat: me });
    else this.#update(entry.ref, { seat: me, status: "failed", problem: { code: "page_before" } });
    return this.#next();
  }

  /**
   * @param {ChatEntry} entry
   * @returns {Promise<boolean>} whether the next line may be sent
   */
  async #send({ ref, text, to }) {
    try {
      await this.#socket.request({ type: "chat", text, ref, ...(to && { to }) });
      // The line itself comes before the ack and has replaced the entry.
      return (
        this.#store.state.chat.every((entry) => entry.ref !== ref || entry.status === "sent") || this.#retryLater()
      );
    } catch (problem) {
      const { code = "", message = "" } = /** @type {{code?: string, message?: string}} */ (problem);
      if (isTransient(code) || UNSEATED.has(code)) return this.#retryLater();
      this.#update(ref, { status: "failed", problem: { code, message } });
      return true;
    }
  }

  /** @param {string} ref @param {Partial<ChatEntry>} change */
  #update(ref, change) {
    this.#store.dispatch({ type: "local.amend", ref, change });
  }

  #retryLater() {
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.after(RETRY_MS, () => this.flush());
    return false;
  }
}

/** @param {ChatEntry} entry */
function isUnsent(entry) {
  const { ref, text, status } = entry ?? {};
  return typeof ref === "string" && typeof text === "string" && (status === "sending" || status === "failed");
}
