/**
 * Computes the bitrate, frame rate and resolution limits of each sender. In a mesh everything is sent once per other
 * person, so uplink and processor are shared over the peers: audio first, then video by how many people there are.
 */

/**
 * @typedef {Object} VideoLimit
 * @property {boolean} active
 * @property {number} maxBitrate - bit/s
 * @property {number} maxFramerate
 * @property {number} maxHeight - the smaller edge of the picture, in pixels
 *
 * @typedef {Object} Budget - limits of one peer
 * @property {{maxBitrate: number}} audio
 * @property {VideoLimit} camera
 * @property {VideoLimit} screen
 * @property {{maxBitrate: number}} screenAudio
 */

const TOTAL = 1_500_000;
const AUDIO = 32_000;
const SCREEN_AUDIO = 64_000;
const SMALLEST_VIDEO = 100_000;
const SMALLEST_SCREEN = 150_000;
const SCREEN_SHARE = 0.7;

/** The most people who can see each other; above it there is only sound and the shared screen. */
export const VIDEO_PEOPLE = 6;

/** What a camera sends until it is known how large it is shown: the first picture comes sooner. */
export const FIRST_HEIGHT = 180;
const STEPS = [FIRST_HEIGHT, 360, 720];
// A little less than there are pixels is not seen.
const ENOUGH = 0.8;

const HD = { maxHeight: 720, maxFramerate: 30, most: 1_400_000 };
const MEDIUM = { maxHeight: 480, maxFramerate: 24, most: 700_000 };
const FULL = { maxHeight: 360, maxFramerate: 20, most: 460_000 };
const SMALL = { maxHeight: 180, maxFramerate: 15, most: 250_000 };

/** @param {number} shown - pixels of the screen @returns {number} the height that is asked for, 0 for none */
export function pictureStep(shown) {
  if (!(shown > 0)) return 0;
  return STEPS.find((step) => step >= shown * ENOUGH) ?? Math.max(...STEPS);
}

/**
 * @param {VideoLimit} limit
 * @param {number} height - how large the other side shows it
 * @returns {VideoLimit}
 */
export function asShown(limit, height) {
  const step = pictureStep(height);
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
 * Text has to be sharp, film has to be smooth: what film saves in size it spends on its rate.
 * @param {VideoLimit} limit @param {string} hint - the screen's contentHint
 * @returns {VideoLimit}
 */
export function asContent(limit, hint) {
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
 * @param {number} others - how many people I send to
 * @param {{sharing?: boolean}} [options] - whether I share my screen
 * @returns {Budget}
 */
export function budget(others, { sharing = false } = {}) {
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
