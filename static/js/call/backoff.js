/**
 * Reconnect policy of the signalling socket: back-off delays, dial timeouts and when to give up. Every delay is
 * jittered, so that a whole room, or all rooms of a restarted server, do not reconnect in one instant.
 */

/** @import { Clock } from "../clock.js" */

/**
 * @typedef {Object} ConnectionLoss
 * @property {boolean} inCall - people in a call wait for it
 * @property {number | null} lostFor - milliseconds since it was lost
 */

const BACKOFF_MS = [0, 300, 1_200, 2_700, 4_800, 7_000];
const DIAL_MS = 8_000;
/** How long a call goes on without a server. */
const GIVE_UP_MS = 120_000;
// People in a call shall not wait long for a server that was away for a short while. A page in a hurry also
// hangs up soon: what was sent into a cut line is said again by the system after 1, 3 and 7 s, and a new dial
// comes before that.
const URGENT_FOR_MS = 60_000;
const URGENT_MOST_MS = 1_200;
const URGENT_DIAL_MS = 5_000;
const CALL_MOST_MS = 4_800;

/**
 * @param {number} failures
 * @param {Clock} clock
 * @param {ConnectionLoss} [loss]
 * @returns {number} milliseconds
 */
export function backoff(failures, clock, loss = { inCall: false, lostFor: null }) {
  const base = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0;
  return Math.min(base, longestWait(loss)) * (0.75 + clock.random() / 2);
}

/** @param {ConnectionLoss} loss */
function longestWait(loss) {
  if (isUrgent(loss)) return URGENT_MOST_MS;
  return loss.inCall ? CALL_MOST_MS : Infinity;
}

/** @param {ConnectionLoss} loss @returns {number} milliseconds until a dial counts as failed */
export function dialTimeout(loss) {
  return isUrgent(loss) ? URGENT_DIAL_MS : DIAL_MS;
}

/** @param {ConnectionLoss} loss @returns {boolean} */
export function shouldGiveUp({ inCall, lostFor }) {
  return inCall && lostFor !== null && lostFor >= GIVE_UP_MS;
}

/** @param {ConnectionLoss} loss */
function isUrgent({ inCall, lostFor }) {
  return inCall && lostFor !== null && lostFor < URGENT_FOR_MS;
}
