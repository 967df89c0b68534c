/**
 * Computes the bitrate, frame rate and resolution limits of each sender. In a mesh everything is sent once per other
 * person, so uplink and processor are shared over the peers: audio first, then video by the number of people.
 */

/**
 * @typedef {Object} VideoLimit
 * @property {boolean} active
 * @property {number} maxBitrate - bit/s
 * @property {number} maxFramerate
 * @property {number} maxHeight - the smaller edge of the picture, in pixels
 *
 * @typedef {Object} SendLimits - limits of the four senders to one peer
 * @property {{maxBitrate: number}} audio
 * @property {VideoLimit} camera
 * @property {VideoLimit} screen
 * @property {{maxBitrate: number}} screenAudio
 */

// Bitrates in bit/s.
const TOTAL = 1_500_000;
const AUDIO = 32_000;
const SCREEN_AUDIO = 64_000;
const SMALLEST_VIDEO = 100_000;
const SMALLEST_SCREEN = 150_000;
const SCREEN_SHARE = 0.7;

/** The most people with camera video; in a larger call only sound and the shared screen are sent. */
export const VIDEO_PEOPLE = 6;

/** Height in pixels that a camera sends until the other side says how large it shows it; small, for an early first frame. */
export const FIRST_HEIGHT = 180;
const STEPS = [FIRST_HEIGHT, 360, 720];
// A picture of 80 % of the shown height is not visibly less sharp.
const ENOUGH = 0.8;

const HD = { maxHeight: 720, maxFramerate: 30, most: 1_400_000 };
const MEDIUM = { maxHeight: 480, maxFramerate: 24, most: 700_000 };
const FULL = { maxHeight: 360, maxFramerate: 20, most: 460_000 };
const SMALL = { maxHeight: 180, maxFramerate: 15, most: 250_000 };

/**
 * Rounds a shown height up to one of the three heights that pages request of each other.
 * @param {number} shown - device pixels
 * @returns {number} pixels, 0 for no video
 */
export function heightStep(shown) {
  if (!(shown > 0)) return 0;
  return STEPS.find((step) => step >= shown * ENOUGH) ?? Math.max(...STEPS);
}

/**
 * Lowers a camera's limit to what the other side can show.
 * @param {VideoLimit} limit
 * @param {number} height - shown height at the other side, in device pixels
 * @returns {VideoLimit}
 */
export function limitForShownHeight(limit, height) {
  const step = heightStep(height);
  if (step >= limit.maxHeight) return limit;
  const { most, maxFramerate, maxHeight } = step > FIRST_HEIGHT ? FULL : SMALL;
  return {
    active: limit.active && step > 0,
    maxBitrate: Math.min(limit.maxBitrate, most),
    maxFramerate: Math.min(limit.maxFramerate, maxFramerate),
    maxHeight,
  };
}

/**
 * Adapts a screen's limit to its content: text stays large at a low frame rate, film gets twice the rate and at most
 * 720 lines.
 * @param {VideoLimit} limit @param {string} hint - the screen track's contentHint
 * @returns {VideoLimit}
 */
export function limitForContent(limit, hint) {
  if (hint !== "motion") return limit;
  return { ...limit, maxFramerate: limit.maxFramerate * 2, maxHeight: Math.min(limit.maxHeight, HD.maxHeight) };
}

/** @param {number} people @param {boolean} sharing */
function cameraSize(people, sharing) {
  if (sharing || people > 4) return SMALL;
  if (people === 4) return FULL;
  return people === 3 ? MEDIUM : HD;
}

/** @param {number} people */
function screenSize(people) {
  if (people > VIDEO_PEOPLE) return { maxHeight: 720, maxFramerate: 5 };
  return people > 4 ? { maxHeight: 720, maxFramerate: 8 } : { maxHeight: 1080, maxFramerate: 15 };
}

/**
 * Divides the uplink among all peers.
 * @param {number} others - number of people I send to
 * @param {{sharing?: boolean}} [options] - whether I share my screen
 * @returns {SendLimits}
 */
export function sendLimits(others, { sharing = false } = {}) {
  const peers = Math.max(1, others);
  const people = peers + 1;
  const video = TOTAL / peers - AUDIO;
  const size = cameraSize(people, sharing);
  const camera = sharing ? video * (1 - SCREEN_SHARE) : video;
  return {
    audio: { maxBitrate: AUDIO },
    camera: {
      active: people <= VIDEO_PEOPLE,
      maxBitrate: Math.round(Math.max(SMALLEST_VIDEO, Math.min(size.most, camera))),
      maxFramerate: size.maxFramerate,
      maxHeight: size.maxHeight,
    },
    screen: {
      active: true,
      maxBitrate: Math.round(Math.max(SMALLEST_SCREEN, video * (people > VIDEO_PEOPLE ? 1 : SCREEN_SHARE))),
      ...screenSize(people),
    },
    screenAudio: { maxBitrate: SCREEN_AUDIO },
  };
}
