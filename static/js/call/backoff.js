/**
 * Reconnect policy of the signalling socket: back-off delays, dial timeouts and when to give up. Every delay is
 * jittered, so that the pages of a room, or of all rooms of a restarted server, do not reconnect at the same instant.
 */

/** @import { Clock } from "../clock.js" */

/**
 * @typedef {Object} ConnectionLoss
 * @property {boolean} inCall - the person is in the call
 * @property {number | null} lostFor - milliseconds since the connection was lost, null: not lost
 */

const BACKOFF_MS = [0, 300, 1_200, 2_700, 4_800, 7_000];
const DIAL_MS = 8_000;
/** How long a call continues without a server. */
const GIVE_UP_MS = 120_000;
// In the first minute people in a call must not wait long for a server that was away briefly. The dial timeout is
// short as well: the system retransmits a lost SYN after 1, 3 and 7 s, and a new dial is sooner than the last of them.
const URGENT_FOR_MS = 60_000;
const URGENT_MOST_MS = 1_200;
const URGENT_DIAL_MS = 5_000;
const CALL_MOST_MS = 4_800;

/**
 * The delay before the next dial, with a jitter of ±25 %.
 * @param {number} failures - dials that failed in a row
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

/**
 * The time after which a dial without an open socket counts as failed.
 * @param {ConnectionLoss} loss
 * @returns {number} milliseconds
 */
export function dialTimeout(loss) {
  return isUrgent(loss) ? URGENT_DIAL_MS : DIAL_MS;
}

/**
 * Whether to end the call: after two minutes without a server. The green room tries for ever.
 * @param {ConnectionLoss} loss
 * @returns {boolean}
 */
export function shouldGiveUp({ inCall, lostFor }) {
  return inCall && lostFor !== null && lostFor >= GIVE_UP_MS;
}

/** @param {ConnectionLoss} loss */
function isUrgent({ inCall, lostFor }) {
  return inCall && lostFor !== null && lostFor < URGENT_FOR_MS;
}
