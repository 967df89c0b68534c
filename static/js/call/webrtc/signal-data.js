/**
 * Validates `signal.data`, the messages between two pages. The server relays them without validation and their sender is
 * not trusted, so messages of any other shape are dropped here.
 */

/**
 * @typedef {Object} SignalData
 * @property {[number, number]} gen - generation of the sender's RTCPeerConnection and of the receiver's;
 *   the second is 0 in an invitation, which asks the receiver to pair with the first. Each page counts up.
 * @property {number} n - the sender's sequence number, per generation: a lower one than the last is ignored
 * @property {{type: "offer" | "answer", sdp: string}} [description] - with all candidates gathered so far
 * @property {number} [re] - with an answer: the `n` of the offer it answers
 * @property {RTCIceCandidateInit[]} [candidates]
 * @property {{height: number}} [want] - height in pixels at which the sender shows the receiver's camera, 0: not shown
 */

const CANDIDATES_MAX = 64;
/** An honest candidate has about 150 characters. */
const CANDIDATE_MAX = 512;
const WORD_MAX = 256;
/** The four transceivers of ours, and one line for data channels. */
const MEDIA_LINES_MAX = 5;
/** Our descriptions have 8,000 to 20,000 characters. */
const SDP_MAX = 28_672;

/** @param {unknown} value @returns {value is number} */
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @param {number} max @returns {value is string} */
function isText(value, max) {
  return typeof value === "string" && value.length <= max;
}

/** @param {unknown} value */
function isDescription(value) {
  if (!isRecord(value)) return false;
  return (value.type === "offer" || value.type === "answer") && isText(value.sdp, SDP_MAX) && isModest(value.sdp);
}

/** Whether the browser would make no more of this description than our pages ask for. @param {string} sdp */
function isModest(sdp) {
  const application = sdp.match(/^m=application/gm)?.length ?? 0;
  const media = sdp.match(/^m=/gm)?.length ?? 0;
  return application <= 1 && media - application < MEDIA_LINES_MAX;
}

/** @param {unknown} value */
function isCandidate(value) {
  if (!isRecord(value) || !isText(value.candidate, CANDIDATE_MAX)) return false;
  const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = value;
  if (sdpMid === null && sdpMLineIndex === null) return false;
  return (
    (sdpMid === null || isText(sdpMid, WORD_MAX)) &&
    (sdpMLineIndex === null || isCount(sdpMLineIndex)) &&
    (usernameFragment === null || isText(usernameFragment, WORD_MAX))
  );
}

/** @param {unknown} value */
function isGen(value) {
  return Array.isArray(value) && value.length === 2 && isCount(value[0]) && value[0] > 0 && isCount(value[1]);
}

/**
 * Returns the value itself if it has the shape of SignalData, with each list and text within its bound.
 * @param {unknown} value - as received
 * @returns {SignalData | null} null: not valid
 */
export function readSignalData(value) {
  if (!isRecord(value) || !isGen(value.gen) || !isCount(value.n)) return null;
  const { description, re, candidates, want } = value;
  if (description !== undefined && !isDescription(description)) return null;
  if (isRecord(description) && description.type === "answer" && !isCount(re)) return null;
  if (candidates !== undefined) {
    if (!Array.isArray(candidates) || candidates.length > CANDIDATES_MAX) return null;
    if (!candidates.every(isCandidate)) return null;
  }
  if (want !== undefined && !(isRecord(want) && isCount(want.height))) return null;
  return /** @type {SignalData} */ (/** @type {unknown} */ (value));
}

/** The length of everything in it that the browser parses. @param {SignalData} data */
export function charactersIn({ description, candidates = [] }) {
  return candidates.reduce((sum, { candidate = "" }) => sum + candidate.length, description?.sdp.length ?? 0);
}
