/**
 * Collects what is shown after the call: its length, the people in it and how well media came through. It is kept in
 * this page's memory alone.
 *
 * Trouble is what everybody's media had at once: what one of several has is not mine. Of the cause nothing is claimed.
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
 * @property {number} seconds - that I was in the call
 * @property {{nickname: string, self: boolean}[]} people - me first, then in the order in which I met them
 * @property {number} met - seconds in which media came from somebody, or should have
 * @property {number} troubled - of these, seconds in trouble
 */

export class CallSummary {
  #store;
  #transport;
  #clock;
  /** @type {number | null} */
  #began = null;
  #ended = 0;
  /** @type {Map<string, string>} seat's id -> nickname last seen */
  #names = new Map();
  /** @type {Set<string>} seats of mine */
  #mine = new Set();
  /** How things stand since a moment ago. */
  #since = { at: 0, inside: false, met: false, troubled: false };
  #met = 0;
  #troubled = 0;

  /** @param {{store: Store, transport: Transport, clock: Clock}} options */
  constructor({ store, transport, clock }) {
    this.#store = store;
    this.#transport = transport;
    this.#clock = clock;
    store.subscribe(() => this.#note());
    transport.addEventListener("quality", () => this.#note());
  }

  /** @returns {Summary | null} null: I was not in the call */
  get result() {
    if (this.#began === null) return null;
    return {
      seconds: (this.#ended - this.#began) / 1_000,
      people: this.#people(),
      met: this.#met / 1_000,
      troubled: this.#troubled / 1_000,
    };
  }

  #note() {
    const { state } = this.#store;
    const now = this.#clock.now();
    const passed = Math.max(0, now - this.#since.at);
    if (this.#since.met) this.#met += passed;
    if (this.#since.troubled) this.#troubled += passed;
    if (this.#since.inside) this.#ended = now;
    this.#since = { at: now, ...this.#standing(state) };
    if (state.phase !== "in") return;
    this.#began ??= now;
    if (state.me) this.#mine.add(state.me);
    for (const { id, nickname } of Object.values(state.seats)) this.#names.set(id, nickname);
  }

  /** @param {CallState} state */
  #standing({ phase, me, seats, peers }) {
    const inside = phase === "in";
    const others = inside ? Object.values(seats).filter(({ id, away }) => id !== me && !away) : [];
    const met = others.filter(({ id }) => (peers[id] ?? "connecting") !== "connecting");
    const well = met.some(({ id }) => peers[id] === "connected" && this.#transport.quality(id) === "good");
    return { inside, met: met.length > 0, troubled: met.length > 0 && !well };
  }

  #people() {
    const me = [...this.#mine].at(-1) ?? "";
    const others = [...this.#names]
      .filter(([id]) => !this.#mine.has(id))
      .map(([, nickname]) => ({ nickname, self: false }));
    const all = [{ nickname: this.#names.get(me) ?? "", self: true }, ...others];
    // Who left and came again has had several seats.
    const seen = new Set();
    return all.filter(({ nickname }) => !seen.has(nickname.toLowerCase()) && seen.add(nickname.toLowerCase()));
  }
}
