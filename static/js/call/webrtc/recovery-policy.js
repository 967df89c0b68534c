/**
 * Recovery policy of a peer: decides the next step for a connection that is not connected or not stable. Pure. The
 * steps escalate: repeat the offer, make an offer, restart ICE, and at the end rebuild the connection of this peer only.
 */

/**
 * @typedef {Object} RecoveryState
 * @property {RTCPeerConnectionState} connection - "closed": by the other side
 * @property {RTCSignalingState} signaling
 * @property {boolean} reachable - my socket is open and the other seat is not away
 * @property {boolean} inviter - the newer seat: it makes the first offer
 * @property {boolean} otherActsFirst - the other side is to act first
 * @property {boolean} paired - the other side's generation is known
 * @property {boolean} wasConnected
 * @property {number} troubleMs - ms since the trouble began, or since repair became possible
 * @property {number} offerAgeMs - ms since the outstanding offer was last sent
 * @property {number} attempts - steps taken since the trouble began
 * @property {number} rebuilds - rebuilds since it was last connected
 *
 * @typedef {"none" | "wait" | "offer" | "resend" | "restart" | "rebuild"} RecoveryStep
 */

const ANSWER_MS = 4_000;
const RESEND_MOST_MS = 16_000;
const FIRST_OFFER_MS = 4_000;
// Both sides notice the same trouble; one of them waits this long, so that they rarely offer at the same time.
const OTHER_FIRST_MS = 1_000;
/** @type {readonly [number, RecoveryStep][]} */
const FIRST_CONTACT = [
  [4_000, "offer"],
  [8_000, "restart"],
];
/** @type {readonly [number, RecoveryStep][]} */
const LOST_CONTACT = [
  [0, "restart"],
  [5_000, "restart"],
  [10_000, "restart"],
];
const FIRST_REBUILD_MS = 16_000;
const CLOSED_REBUILD_MS = 4_000;
const LOST_REBUILD_MS = 20_000;
const REBUILD_GROWTH_MOST = 4;

/**
 * Called on every change of the connection, and every second while it is in trouble.
 * @param {RecoveryState} s
 * @returns {RecoveryStep}
 */
export function nextStep(s) {
  if (s.connection === "connected" && s.signaling === "stable") return "none";
  if (!s.reachable) return "wait";
  if (rebuildDue(s)) return "rebuild";
  if (s.connection === "closed") return "wait";
  if (s.signaling === "have-local-offer") {
    return s.offerAgeMs >= Math.min(ANSWER_MS * 2 ** s.attempts, RESEND_MOST_MS) ? "resend" : "wait";
  }
  if (s.signaling !== "stable" || s.connection === "connected") return "wait";
  const patience = s.otherActsFirst ? OTHER_FIRST_MS : 0;
  if (!s.paired) return s.inviter || s.troubleMs >= FIRST_OFFER_MS + patience ? "offer" : "wait";
  const due = (s.wasConnected ? LOST_CONTACT : FIRST_CONTACT)[s.attempts];
  return due && s.troubleMs >= due[0] + patience ? due[1] : "wait";
}

/**
 * A connection with working media is never replaced because an answer is missing.
 * @param {RecoveryState} s
 */
function rebuildDue({ connection, signaling, wasConnected, otherActsFirst, troubleMs, rebuilds, attempts }) {
  if (connection === "closed") return troubleMs >= CLOSED_REBUILD_MS + (otherActsFirst ? OTHER_FIRST_MS : 0);
  if (connection === "connected" || (attempts === 0 && signaling !== "have-remote-offer")) return false;
  const growth = Math.min(rebuilds + 1, REBUILD_GROWTH_MOST);
  const after = (wasConnected ? LOST_REBUILD_MS : FIRST_REBUILD_MS) * growth;
  return troubleMs >= after + (otherActsFirst ? OTHER_FIRST_MS : 0);
}
