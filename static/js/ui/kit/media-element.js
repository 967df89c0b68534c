/**
 * Attaches a stream to a <video> or <audio> element. A page is not loaded before its media elements have data, and a
 * camera that is off has none: attached too early it would keep the page loading for ever.
 */

import { keepPlaying } from "./playback.js";

/** @type {Map<HTMLMediaElement, MediaStream>} */
const waiting = new Map();

/** @param {HTMLMediaElement} element @param {MediaStream | null} stream */
export function attachStream(element, stream) {
  if (stream !== null && document.readyState !== "complete") {
    waiting.set(element, stream);
    return;
  }
  waiting.delete(element);
  if (element.srcObject !== stream) element.srcObject = stream;
  // Refused or interrupted: a picture without sound is always allowed, the next change tries again.
  if (stream !== null && element.paused) start(element);
}

/** @param {HTMLMediaElement} element */
function start(element) {
  void element.play().catch(() => undefined);
}

keepPlaying(() => document.querySelectorAll("video"), start);

window.addEventListener("load", () => {
  // The page is complete only after its load event has been handled.
  setTimeout(() => {
    for (const [element, stream] of waiting) attachStream(element, stream);
  });
});
