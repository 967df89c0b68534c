/** Selectors: values derived from the call's state. */

/**
 * @import { Seat } from "../protocol.js"
 * @import { CallState } from "./state.js"
 */

/**
 * A kept seat has ended by the roster, but its media still flows: its tile stays, away.
 * @param {CallState} state
 * @param {string} id
 */
export function isOrphaned(state, id) {
  return id in state.seats && id in state.ended;
}

/** @param {CallState} state @returns {Seat[]} */
export function otherSeats(state) {
  return Object.values(state.seats).filter((seat) => seat.id !== state.me);
}

/**
 * Whom a host shows large to everybody.
 * @param {CallState} state
 */
export function spotlitSeat(state) {
  return Object.values(state.seats).find((seat) => seat.spotlight);
}

/**
 * People with a raised hand, first come first.
 * @param {CallState} state
 * @returns {Seat[]}
 */
export function raisedHands(state) {
  return Object.values(state.seats)
    .filter((seat) => isHandRaised(state, seat))
    .sort((a, b) => (a.hand ?? Infinity) - (b.hand ?? Infinity) || a.joined_at - b.joined_at);
}

/**
 * My own hand shows at once, the server's word on it follows.
 * @param {CallState} state @param {Seat} seat
 */
export function isHandRaised(state, seat) {
  return seat.id === state.me ? state.local.hand : seat.hand !== null;
}
