/** Selectors: values derived from the call's state. */

/**
 * @import { Seat } from "../protocol.js"
 * @import { CallState } from "./state.js"
 */

/**
 * Whether a seat has ended according to the roster but is kept, shown as away, because its media still arrives.
 * @param {CallState} state
 * @param {string} id
 */
export function isOrphaned(state, id) {
  return id in state.seats && id in state.ended;
}

/**
 * Whether a seat's page sends more signals than this page handles, so that some are dropped; until ten seconds after
 * the last one. Its media may then take long to connect.
 * @param {CallState} state
 * @param {string} id
 */
export function isLimited(state, id) {
  return id in state.limited;
}

/** All seats but mine. @param {CallState} state @returns {Seat[]} */
export function otherSeats(state) {
  return Object.values(state.seats).filter((seat) => seat.id !== state.me);
}

/**
 * The seat that a host shows large to everyone.
 * @param {CallState} state
 */
export function spotlitSeat(state) {
  return Object.values(state.seats).find((seat) => seat.spotlight);
}

/**
 * Seats with a raised hand, in the order in which they were raised.
 * @param {CallState} state
 * @returns {Seat[]}
 */
export function raisedHands(state) {
  return Object.values(state.seats)
    .filter((seat) => isHandRaised(state, seat))
    .sort((a, b) => (a.hand ?? Infinity) - (b.hand ?? Infinity) || a.joined_at - b.joined_at);
}

/**
 * My own hand counts at once, before the server has confirmed it.
 * @param {CallState} state @param {Seat} seat
 */
export function isHandRaised(state, seat) {
  return seat.id === state.me ? state.local.hand : seat.hand !== null;
}
