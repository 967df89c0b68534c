import assert from "node:assert/strict";
import { test } from "node:test";

import { limitForContent, sendLimits } from "../../../static/js/call/webrtc/send-limits.js";
import { sharingOptions } from "../../../static/js/media/screen.js";
import { ContentDetector } from "../../../static/js/media/screen-content.js";

/** @param {ContentDetector} detector @param {readonly number[]} rates */
function looks(detector, rates) {
  return rates.map((rate) => {
    detector.addSample(rate);
    return detector.content;
  });
}

test("a screen is text until it moves for a while", () => {
  assert.deepEqual(looks(new ContentDetector(), [15, 15, 15, 15, 9]), [
    "detail",
    "detail",
    "detail",
    "motion",
    "motion",
  ]);
});

test("occasional scrolling does not count as film", () => {
  assert.deepEqual(new Set(looks(new ContentDetector(), [15, 15, 15, 0, 15, 15, 15, 4, 7, 15])), new Set(["detail"]));
});

test("a film that paused for a moment is still one, and one that ended is text again", () => {
  const detector = new ContentDetector();
  looks(detector, [15, 15, 15, 15]);
  assert.deepEqual(looks(detector, [0, 24, 6, 0, 0]), ["motion", "motion", "motion", "motion", "detail"]);
});

test("film gets twice the pictures and gives up size for it, text stays as large as it was", () => {
  const { screen } = sendLimits(1);
  assert.equal(limitForContent(screen, "detail"), screen);
  const film = limitForContent(screen, "motion");
  assert.deepEqual(
    [film.maxFramerate, film.maxHeight, film.maxBitrate],
    [screen.maxFramerate * 2, 720, screen.maxBitrate],
  );
});

test("the sound of the whole computer is offered only where the call can be left out of it", () => {
  /** @param {any} supported */
  const systemAudio = (supported) => /** @type {any} */ (sharingOptions(supported)).systemAudio;
  assert.equal(systemAudio({ restrictOwnAudio: true }), "include");
  assert.equal(systemAudio({}), "exclude");
});
