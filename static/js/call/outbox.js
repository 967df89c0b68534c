/**
 * My own chat lines on their way. A line is shown at once, sent again after every resume under the
 * same ref (the server keeps one), and called failed only when the server refuses it.
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
  /** @type {Set<string>} */
  #underway = new Set();
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
      sent_at: this.#clock.now() / 1_000 + clockSkew,
      status: /** @type {const} */ ("sending"),
    };
    this.#store.dispatch({ type: "local.chat", entry });
    this.flush();
  }

  /** Sends, in order, whatever the server has not confirmed. */
  flush() {
    const { chat, me, phase } = this.#store.state;
    if (phase !== "in" || !me || this.#socket.state !== "open") return;
    for (const entry of chat) {
      if (entry.status !== "sending" || this.#underway.has(entry.ref)) continue;
      // A line that outlived its seat is said by the new one.
      if (entry.seat !== me) this.#amend(entry.ref, { seat: me });
      this.#send(entry);
    }
  }

  /** @param {import("./chatlog.js").ChatEntry} entry */
  async #send({ ref, text, to }) {
    this.#underway.add(ref);
    try {
      await this.#socket.request({ type: "chat", text, ref, ...(to && { to }) });
    } catch (problem) {
      const code = /** @type {{code?: string}} */ (problem).code ?? "";
      if (PASSING.has(code)) this.#later();
      else this.#amend(ref, { status: "failed" });
    } finally {
      this.#underway.delete(ref);
    }
  }

  /** @param {string} ref @param {Partial<import("./chatlog.js").ChatEntry>} change */
  #amend(ref, change) {
    this.#store.dispatch({ type: "local.amend", ref, change });
  }

  #later() {
    this.#cancelAgain();
    this.#cancelAgain = this.#clock.after(AGAIN_MS, () => this.flush());
  }
}
