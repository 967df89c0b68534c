import assert from "node:assert/strict";
import { test } from "node:test";

import { MutedSpeechDetector } from "../../../static/js/media/muted-speech-detector.js";

/** @param {number} every - milliseconds between two looks */
function setUp(every) {
  const detector = new MutedSpeechDetector();
  let now = 1_000_000;
  detector.begin(now);
  /** @param {number} level @param {number} seconds @returns {number} how often it was said */
  return (level, seconds) => {
    let said = 0;
    for (const end = now + seconds * 1000; now < end; ) {
      now += every;
      if (detector.hear(level, now)) said += 1;
    }
    return said;
  };
}

test("speech is noticed within a second, a cough is not", () => {
  const listen = setUp(200);
  assert.equal(listen(0.2, 0.4), 0);
  assert.equal(listen(0, 5), 0);
  assert.equal(listen(0.2, 1), 1);
});

test("a page that is hidden, and woken once a second, notices it too", () => {
  const listen = setUp(1000);
  assert.equal(listen(0.2, 1), 0);
  assert.equal(listen(0, 3), 0);
  assert.equal(listen(0.2, 2), 1);
});

test("a quiet room is never speech, and nobody is told twice in half a minute", () => {
  const listen = setUp(200);
  assert.equal(listen(0.03, 600), 0);
  assert.equal(listen(0.2, 29), 1);
  assert.equal(listen(0.2, 60), 2);
});
