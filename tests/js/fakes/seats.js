import { initialState } from "../../../static/js/call/state.js";

/**
 * @import { CallState } from "../../../static/js/call/state.js"
 * @import { Seat } from "../../../static/js/protocol.js"
 */

/**
 * @param {string} id
 * @param {Partial<Seat>} [change]
 * @returns {Seat}
 */
export function seat(id, change = {}) {
  const plain = {
    role: /** @type {const} */ ("member"),
    guest: true,
    mic: true,
    cam: true,
    screen: false,
    spotlight: false,
  };
  return { id, nickname: id, ...plain, hand: null, joined_at: 1_795_000_000, away: false, epoch: 1, rev: 1, ...change };
}

/**
 * @param {string} me
 * @param {Record<string, Seat>} seats
 * @returns {CallState}
 */
export function stateOf(me, seats) {
  return { ...initialState(), phase: "in", link: "open", me, seats };
}

/**
 * The state of the page of seat "me" during a call.
 * @param {Seat[]} seats
 * @param {Partial<CallState>} [change]
 * @returns {CallState}
 */
export function inCall(seats, change = {}) {
  return { ...stateOf("me", Object.fromEntries(seats.map((one) => [one.id, one]))), ...change };
}
