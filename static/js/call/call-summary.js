/**
 * Collects the summary that is shown after the call: its length, the people in it and the quality of their media. It is
 * kept only in the memory of this page.
 *
 * Only trouble with the media of all people at once counts: trouble with one of several is probably on their side. The
 * summary claims nothing about the cause.
 */

/**
 * @import { Clock } from "../clock.js"
 * @import { CallState } from "./state.js"
 * @import { Store } from "./store.js"
 */

/**
 * @typedef {Pick<import("./transport.js").Transport, "quality" | "addEventListener">} Transport
 *
 * @typedef {Object} Summary
 * @property {number} seconds - my time in the call
 * @property {{nickname: string, self: boolean}[]} people - me first, then in order of first meeting
 * @property {number} met - seconds in which media arrived from at least one person, or should have
 * @property {number} troubled - of these, seconds without good media from anyone
 */

/** Seats that are remembered. One person who comes and goes all day long must not fill the memory. */
const PEOPLE_MOST = 500;

/** Adds up the time between changes of the state and of the quality; `result` may be read at any time. */
export class CallSummary {
  #store;
  #transport;
  #clock;
  /** @type {number | null} */
  #began = null;
  #ended = 0;
  /** @type {Map<string, string>} seat's id -> last nickname */
  #nicknames = new Map();
  /** @type {Set<string>} ids of the seats that I had */
  #ownSeats = new Set();
  /** The conditions since the last change. */
  #last = { at: 0, inside: false, met: false, troubled: false };
  #met = 0;
  #troubled = 0;

  /** @param {{store: Store, transport: Transport, clock: Clock}} options */
  constructor({ store, transport, clock }) {
    this.#store = store;
    this.#transport = transport;
    this.#clock = clock;
    store.subscribe(() => this.#record());
    transport.addEventListener("quality", () => this.#record());
  }

  /** @returns {Summary | null} null if I was not in the call */
  get result() {
    if (this.#began === null) return null;
    return {
      seconds: (this.#ended - this.#began) / 1_000,
      people: this.#people(),
      met: this.#met / 1_000,
      troubled: this.#troubled / 1_000,
    };
  }

  #record() {
    const { state } = this.#store;
    const now = this.#clock.now();
    const passed = Math.max(0, now - this.#last.at);
    if (this.#last.met) this.#met += passed;
    if (this.#last.troubled) this.#troubled += passed;
    if (this.#last.inside) this.#ended = now;
    this.#last = { at: now, ...this.#conditions(state) };
    if (state.phase !== "in") return;
    this.#began ??= now;
    if (state.me) this.#ownSeats.add(state.me);
    for (const { id, nickname } of Object.values(state.seats)) {
      const remembered = this.#nicknames.has(id) || this.#nicknames.size < PEOPLE_MOST;
      if (remembered || id === state.me) this.#nicknames.set(id, nickname);
    }
  }

  /** @param {CallState} state */
  #conditions({ phase, me, seats, peers }) {
    const inside = phase === "in";
    const others = inside ? Object.values(seats).filter(({ id, away }) => id !== me && !away) : [];
    const met = others.filter(({ id }) => (peers[id] ?? "connecting") !== "connecting");
    const well = met.some(({ id }) => peers[id] === "connected" && this.#transport.quality(id) === "good");
    return { inside, met: met.length > 0, troubled: met.length > 0 && !well };
  }

  #people() {
    const me = [...this.#ownSeats].at(-1) ?? "";
    const others = [...this.#nicknames]
      .filter(([id]) => !this.#ownSeats.has(id))
      .map(([, nickname]) => ({ nickname, self: false }));
    const all = [{ nickname: this.#nicknames.get(me) ?? "", self: true }, ...others];
    // A person who left and came back had several seats.
    const seen = new Set();
    return all.filter(({ nickname }) => !seen.has(nickname.toLowerCase()) && seen.add(nickname.toLowerCase()));
  }
}
