/**
 * My own chat lines on their way. A line is shown at once, sent again after every resume under the
 * same ref (the server keeps one), and called failed only when the server refuses it. One is sent when
 * the one before is settled: of two on their way the first could be refused for haste, and come second.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./socket.js").SignalSocket} SignalSocket
 * @typedef {import("./clock.js").Clock} Clock
 */

const AGAIN_MS = 2_000;
const PASSING = new Set(["disconnected", "too_many", "try_again", "not_joined"]);

export class Outbox {
  /**
   * @param {{store: Store, socket: Pick<SignalSocket, "request" | "state">, clock: Clock, prefix: string}} options
   *   prefix: random per page, so that refs of two page loads never meet
   */
  constructor({ store, socket, clock, prefix }) {
    this.#store = store;
    this.#socket = socket;
    this.#clock = clock;
    this.#prefix = prefix;
  }

  #store;
  #socket;
  #clock;
  #prefix;
  #count = 0;
  #underway = false;
  #cancelAgain = () => {};

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
    this.flush();
  }

  /** Says a line again that the server refused, in its old place. @param {string} ref */
  again(ref) {
    this.#amend(ref, { status: "sending" });
    this.flush();
  }

  /** Sends, in order, whatever the server has not confirmed. */
  async flush() {
    if (this.#underway) return;
    this.#underway = true;
    for (let next = this.#next(); next; next = this.#next()) {
      if (!(await this.#send(next))) break;
    }
    this.#underway = false;
  }

  /** The first line that waits, if now is the time. */
  #next() {
    const { chat, me, phase } = this.#store.state;
    if (phase !== "in" || !me || this.#socket.state !== "open") return undefined;
    const entry = chat.find(({ status }) => status === "sending");
    // A line that outlived its seat is said by the new one.
    if (entry && entry.seat !== me) this.#amend(entry.ref, { seat: me });
    return entry;
  }

  /**
   * @param {import("./chatlog.js").ChatEntry} entry
   * @returns {Promise<boolean>} whether the next may follow
   */
  async #send({ ref, text, to }) {
    try {
      await this.#socket.request({ type: "chat", text, ref, ...(to && { to }) });
      // The line itself came before the ack, and took its place.
      return this.#store.state.chat.every((entry) => entry.ref !== ref || entry.status === "sent") || this.#later();
    } catch (problem) {
      const { code = "", message } = /** @type {{code?: string, message: string}} */ (problem);
      if (PASSING.has(code)) return this.#later();
      this.#amend(ref, { status: "failed", problem: message });
      return true;
    }
  }

  /** @param {string} ref @param {Partial<import("./chatlog.js").ChatEntry>} change */
  #amend(ref, change) {
    this.#store.dispatch({ type: "local.amend", ref, change });
  }

  #later() {
    this.#cancelAgain();
    this.#cancelAgain = this.#clock.after(AGAIN_MS, () => this.flush());
    return false;
  }
}
