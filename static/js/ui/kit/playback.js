/**
 * Resumes media elements that Safari pauses on its own.
 *
 * - After the page was in the background, or after a phone call, media elements stay paused
 *   (twilio-video.js#1046). Played at once they may pause again; played a moment later they do not (#1065).
 * - A page that captures nothing may only play sound in elements started by a click. While one such element plays, all
 *   others may start without one (livekit/client-sdk-js#733); a silent element is enough.
 */

const RETRY_MS = 2_000;

/**
 * Plays paused elements again when the page becomes visible, and once more two seconds later.
 * @param {() => Iterable<HTMLMediaElement>} elements - those that should be playing
 * @param {(element: HTMLMediaElement) => unknown} play
 * @param {{page?: EventTarget & {hidden: boolean}, after?: (run: () => void, ms: number) => unknown}} [surroundings]
 */
export function keepPlaying(elements, play, { page = document, after = setTimeout } = {}) {
  const revive = () => {
    if (page.hidden) return;
    for (const element of elements()) if (element.paused && element.srcObject !== null) play(element);
  };
  page.addEventListener("visibilitychange", () => {
    revive();
    after(revive, RETRY_MS);
  });
}

/**
 * Plays a silent element so that others may play sound. To be called from a click handler.
 * @param {MediaStream | null} silence
 * @param {HTMLMediaElement} [element]
 */
export function unlockSound(silence, element = new Audio()) {
  if (silence === null) return;
  element.srcObject = silence;
  void element.play().catch(() => undefined); // refused like the others, and these show a button to click
}
