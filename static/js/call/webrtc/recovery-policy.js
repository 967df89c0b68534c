/**
 * Recovery policy of a peer: decides the next step for a connection that is not well. Pure, so that its ladder can be
 * read and tested: repeat the offer, offer, restart ICE, and at the end rebuild this one peer and no other.
 */

/**
 * @typedef {Object} RecoveryState
 * @property {RTCPeerConnectionState} connection - "closed": by the other side
 * @property {RTCSignalingState} signaling
 * @property {boolean} reachable - my socket is open and the other seat is not away
 * @property {boolean} inviter - the newer seat: it makes the first offer
 * @property {boolean} waits - the other side is to act first
 * @property {boolean} paired - the other side's generation is known
 * @property {boolean} wasConnected
 * @property {number} troubled - ms since the trouble began, or since repair became possible
 * @property {number} offered - ms since the outstanding offer was last said
 * @property {number} tries - steps taken in this trouble
 * @property {number} rebuilds - rebuilds since it was last connected
 *
 * @typedef {"none" | "wait" | "offer" | "resend" | "restart" | "rebuild"} RecoveryStep
 */

const ANSWER_MS = 4_000;
const RESEND_MOST_MS = 16_000;
const FIRST_OFFER_MS = 4_000;
// The two sides look at the same trouble; one of them waits, so that they rarely offer at once.
const WAITS_MS = 1_000;
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
 * @param {RecoveryState} s
 * @returns {RecoveryStep}
 */
export function nextStep(s) {
  if (s.connection === "connected" && s.signaling === "stable") return "none";
  if (!s.reachable) return "wait";
  if (rebuildDue(s)) return "rebuild";
  if (s.connection === "closed") return "wait";
  if (s.signaling === "have-local-offer") {
    return s.offered >= Math.min(ANSWER_MS * 2 ** s.tries, RESEND_MOST_MS) ? "resend" : "wait";
  }
  if (s.signaling !== "stable" || s.connection === "connected") return "wait";
  const patience = s.waits ? WAITS_MS : 0;
  if (!s.paired) return s.inviter || s.troubled >= FIRST_OFFER_MS + patience ? "offer" : "wait";
  const due = (s.wasConnected ? LOST_CONTACT : FIRST_CONTACT)[s.tries];
  return due && s.troubled >= due[0] + patience ? due[1] : "wait";
}

/**
 * Media that flows is never thrown away for a missing answer.
 * @param {RecoveryState} s
 */
function rebuildDue({ connection, signaling, wasConnected, waits, troubled, rebuilds, tries }) {
  if (connection === "closed") return troubled >= CLOSED_REBUILD_MS + (waits ? WAITS_MS : 0);
  if (connection === "connected" || (tries === 0 && signaling !== "have-remote-offer")) return false;
  const growth = Math.min(rebuilds + 1, REBUILD_GROWTH_MOST);
  const after = (wasConnected ? LOST_REBUILD_MS : FIRST_REBUILD_MS) * growth;
  return troubled >= after + (waits ? WAITS_MS : 0);
}
