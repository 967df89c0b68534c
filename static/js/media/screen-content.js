/**
 * Classifies the content of a shared screen as text (sharpness matters) or film (smoothness matters) by its frame rate:
 * screen capture delivers a frame only when something has changed.
 */

/** @typedef {"detail" | "motion"} Content */
/** @typedef {Content | "auto"} ContentChoice */

export const CONTENT_CHOICES = /** @type {const} */ (["auto", "detail", "motion"]);

const FILM_RATE = 8; // frames per second
const TEXT_RATE = 5;
const SAMPLE_MS = 2_000;
const FILM_SAMPLES = 4; // scrolling and mouse movement end sooner
const TEXT_SAMPLES = 2;

/** Classifies by samples of the frame rate, with hysteresis: four for film, two for text. */
export class ContentDetector {
  /** @type {Content} */
  content = "detail";
  #against = 0;

  /** @param {number} rate - frames per second @returns {boolean} whether `content` changed */
  addSample(rate) {
    const isFilm = this.content === "motion";
    this.#against = (isFilm ? rate < TEXT_RATE : rate >= FILM_RATE) ? this.#against + 1 : 0;
    if (this.#against < (isFilm ? TEXT_SAMPLES : FILM_SAMPLES)) return false;
    this.content = isFilm ? "detail" : "motion";
    this.#against = 0;
    return true;
  }
}

/**
 * Watches a track until stopped. In a browser that does not count frames, content stays "detail".
 * @param {MediaStreamTrack} track @param {(content: Content) => void} changed
 * @returns {() => void} stops watching
 */
export function watchContent(track, changed) {
  const detector = new ContentDetector();
  let before = framesDelivered(track);
  if (before === null) return () => {};
  const timer = setInterval(() => {
    const now = framesDelivered(track) ?? 0;
    if (detector.addSample(((now - (before ?? 0)) / SAMPLE_MS) * 1_000)) changed(detector.content);
    before = now;
  }, SAMPLE_MS);
  return () => clearInterval(timer);
}

/** @param {MediaStreamTrack} track @returns {number | null} frames delivered so far (mediacapture-extensions) */
function framesDelivered(track) {
  return /** @type {{stats?: {deliveredFrames?: number}}} */ (track).stats?.deliveredFrames ?? null;
}
