/**
 * Resumes media elements that Safari pauses on its own.
 *
 * - A page that was in the background, or a phone call, leaves media elements paused, and nothing starts them again
 *   (twilio-video.js#1046). Started at once they may stop again, a moment later they do not (#1065).
 * - A page that captures nothing may make sound only in elements started by a click. While one such element plays, all
 *   others may start by themselves (livekit/client-sdk-js#733): a silent one is enough.
 */

const AGAIN_MS = 2_000;

/**
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
    after(revive, AGAIN_MS);
  });
}

/**
 * To be called while a click is handled.
 * @param {MediaStream | null} silence
 * @param {HTMLMediaElement} [element]
 */
export function unlockSound(silence, element = new Audio()) {
  if (silence === null) return;
  element.srcObject = silence;
  void element.play().catch(() => undefined); // refused like the others, which then ask for a click
}
