import assert from "node:assert/strict";
import { test } from "node:test";

import { ActiveSpeaker } from "../../../../static/js/ui/stage/active-speaker.js";

const STEP = 150;

/**
 * Feeds levels for a time; returns the clock after it.
 * @param {ActiveSpeaker} speaker @param {Record<string, number>} levels @param {number} from @param {number} ms
 */
function hear(speaker, levels, from, ms) {
  let now = from;
  for (const end = from + ms; now < end; now += STEP) speaker.update(Object.entries(levels), now);
  return now;
}

test("it names nobody while the room is quiet", () => {
  const speaker = new ActiveSpeaker();
  hear(speaker, { a: 0.001, b: 0.005 }, 0, 3000);
  assert.equal(speaker.active, null);
});

test("it follows the first voice within half a second", () => {
  const speaker = new ActiveSpeaker();
  const now = hear(speaker, { a: 0, b: 0 }, 0, 600);
  hear(speaker, { a: 0.2, b: 0 }, now, 500);
  assert.equal(speaker.active, "a");
});

test("it ignores a cough", () => {
  const speaker = new ActiveSpeaker();
  let now = hear(speaker, { a: 0.2, b: 0 }, 0, 3000);
  now = hear(speaker, { a: 0, b: 0 }, now, 3000);
  now = hear(speaker, { a: 0, b: 0.5 }, now, STEP);
  hear(speaker, { a: 0, b: 0 }, now, 3000);
  assert.equal(speaker.active, "a");
});

test("it stays with a person who pauses between words", () => {
  const speaker = new ActiveSpeaker();
  let now = hear(speaker, { a: 0.2, b: 0 }, 0, 1000);
  for (let word = 0; word < 6; word += 1) {
    now = hear(speaker, { a: 0, b: 0.01 }, now, 600);
    now = hear(speaker, { a: 0.2, b: 0.01 }, now, 300);
    assert.equal(speaker.active, "a");
  }
});

test("it lets somebody speaking over another take the stage only when clearly louder, and not at once", () => {
  const speaker = new ActiveSpeaker();
  let now = hear(speaker, { a: 0.2, b: 0 }, 0, 3000);
  now = hear(speaker, { a: 0.2, b: 0.22 }, now, 3000);
  assert.equal(speaker.active, "a", "about as loud");
  now = hear(speaker, { a: 0.1, b: 0.4 }, now, 300);
  assert.equal(speaker.active, "a", "not at once");
  hear(speaker, { a: 0.1, b: 0.4 }, now, 2400);
  assert.equal(speaker.active, "b");
});

test("it hands over quickly when the first has finished", () => {
  const speaker = new ActiveSpeaker();
  let now = hear(speaker, { a: 0.2, b: 0 }, 0, 1000);
  now = hear(speaker, { a: 0, b: 0 }, now, 2000);
  hear(speaker, { a: 0, b: 0.2 }, now, 500);
  assert.equal(speaker.active, "b");
});

test("it notices short beeps that repeat", () => {
  const speaker = new ActiveSpeaker();
  let now = 0;
  for (let beep = 0; beep < 4; beep += 1) {
    now = hear(speaker, { a: 0.3, b: 0 }, now, STEP);
    now = hear(speaker, { a: 0, b: 0 }, now, 850);
  }
  assert.equal(speaker.active, "a");
});

test("it forgets a person who left", () => {
  const speaker = new ActiveSpeaker();
  const now = hear(speaker, { a: 0.2, b: 0 }, 0, 1000);
  speaker.update([["b", 0]], now);
  assert.equal(speaker.active, null);
});

test("it shows the ring while there is sound and a moment longer", () => {
  const speaker = new ActiveSpeaker();
  const now = hear(speaker, { a: 0.2 }, 0, 600);
  assert.equal(speaker.speaking("a", now), true);
  assert.equal(speaker.speaking("a", now + 700), false);
  assert.equal(speaker.speaking("nobody", now), false);
});
