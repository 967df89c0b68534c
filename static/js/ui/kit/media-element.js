/**
 * Attaches streams to <video> and <audio> elements.
 *
 * The load event waits until the page's media elements have data, and the stream of a camera that is off has none:
 * attached too early it would keep the page loading for ever. Streams are therefore attached after the load event.
 */

import { keepPlaying } from "./playback.js";

/** @type {Map<HTMLMediaElement, MediaStream>} to be attached after the load event */
const waiting = new Map();

/**
 * Shows a stream in an element and plays it, after the page has loaded.
 * @param {HTMLMediaElement} element @param {MediaStream | null} stream - null empties the element
 */
export function attachStream(element, stream) {
  if (stream !== null && document.readyState !== "complete") {
    waiting.set(element, stream);
    return;
  }
  waiting.delete(element);
  if (element.srcObject !== stream) element.srcObject = stream;
  // play() may be refused or interrupted. Video without sound is always allowed, and the next change tries again.
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
