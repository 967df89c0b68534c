/**
 * Classifies the content of a shared screen as text, which has to be sharp, or film, which has to be smooth, by its
 * frame rate: a screen delivers a new frame only where something moved.
 */

/** @typedef {"detail" | "motion"} Content */
/** @typedef {Content | "auto"} ContentChoice */

export const CONTENT_CHOICES = /** @type {const} */ (["auto", "detail", "motion"]);

const FILM_RATE = 8; // pictures a second
const STILL_RATE = 5;
const LOOK_MS = 2_000;
const FILM_LOOKS = 4; // scrolling and a moving mouse are over sooner
const STILL_LOOKS = 2;

/** Tells from the rate of pictures what is shown. */
export class ContentDetector {
  /** @type {Content} */
  content = "detail";
  #against = 0;

  /** @param {number} rate - pictures a second @returns {boolean} whether it is something else now */
  look(rate) {
    const film = this.content === "motion";
    this.#against = (film ? rate < STILL_RATE : rate >= FILM_RATE) ? this.#against + 1 : 0;
    if (this.#against < (film ? STILL_LOOKS : FILM_LOOKS)) return false;
    this.content = film ? "detail" : "motion";
    this.#against = 0;
    return true;
  }
}

/**
 * Watches a track until it ends. A browser that does not count pictures is taken to show text.
 * @param {MediaStreamTrack} track @param {(content: Content) => void} changed
 * @returns {() => void} stops watching
 */
export function watchContent(track, changed) {
  const judge = new ContentDetector();
  let before = delivered(track);
  if (before === null) return () => {};
  const timer = setInterval(() => {
    const now = delivered(track) ?? 0;
    if (judge.look(((now - (before ?? 0)) / LOOK_MS) * 1_000)) changed(judge.content);
    before = now;
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/** @param {MediaStreamTrack} track @returns {number | null} pictures given until now (mediacapture-extensions) */
function delivered(track) {
  return /** @type {{stats?: {deliveredFrames?: number}}} */ (track).stats?.deliveredFrames ?? null;
}
