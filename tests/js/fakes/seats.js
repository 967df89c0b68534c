import { initialState } from "../../../static/js/call/state.js";

/**
 * @param {string} id
 * @param {Partial<import("../../../static/js/protocol.js").Seat>} [change]
 * @returns {import("../../../static/js/protocol.js").Seat}
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
 * @param {Record<string, import("../../../static/js/protocol.js").Seat>} seats
 * @returns {import("../../../static/js/call/state.js").CallState}
 */
export function stateOf(me, seats) {
  return { ...initialState(), phase: "in", link: "open", me, seats };
}
