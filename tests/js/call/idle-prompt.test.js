import assert from "node:assert/strict";
import { test } from "node:test";

import { IdlePrompt } from "../../../static/js/call/idle-prompt.js";
import { FakeClock } from "../fakes/clock.js";
import { seat, stateOf } from "../fakes/seats.js";

const MINUTE = 60_000;
const ALONE = stateOf("me", { me: seat("me") });
const TOGETHER = stateOf("me", { me: seat("me"), a: seat("a") });

function setUp() {
  const clock = new FakeClock();
  /** @type {(number | null)[]} */
  const asked = [];
  let left = 0;
  const prompt = new IdlePrompt({ clock, ask: (seconds) => asked.push(seconds), leave: () => (left += 1) });
  return { clock, asked, prompt, left: () => left };
}

test("a person left alone is asked after ten minutes and leaves after two more", async () => {
  const { clock, asked, prompt, left } = setUp();
  prompt.update(TOGETHER);
  await clock.advance(60 * MINUTE);
  prompt.update(ALONE);
  await clock.advance(10 * MINUTE - 1);
  assert.deepEqual(asked, []);
  await clock.advance(1);
  assert.deepEqual(asked, [120]);
  await clock.advance(2 * MINUTE - 1_000);
  assert.deepEqual([asked.at(-1), asked.length, left()], [1, 120, 0]);
  await clock.advance(1_000);
  assert.deepEqual([asked.at(-1), left()], [null, 1]);
  await clock.advance(60 * MINUTE);
  assert.equal(left(), 1);
});

test("a person who waits for the first other person is asked after 45 minutes", async () => {
  const { clock, asked, prompt } = setUp();
  prompt.update(ALONE);
  await clock.advance(45 * MINUTE - 1);
  assert.deepEqual(asked, []);
  await clock.advance(1);
  assert.deepEqual(asked, [120]);
});

test("after staying, a person is asked again as late as the first time", async () => {
  const { clock, asked, prompt, left } = setUp();
  prompt.update(ALONE);
  await clock.advance(46 * MINUTE);
  prompt.stay();
  assert.equal(asked.at(-1), null);
  asked.length = 0;
  await clock.advance(45 * MINUTE - 1);
  assert.deepEqual([asked, left()], [[], 0]);
  await clock.advance(1);
  assert.deepEqual(asked, [120]);
});

test("signs of life postpone the question", async () => {
  const { clock, asked, prompt } = setUp();
  prompt.update(ALONE);
  for (let time = 0; time < 10; time += 1) {
    await clock.advance(40 * MINUTE);
    prompt.stay();
  }
  assert.deepEqual(asked, []);
});

test("a person who joins ends the countdown, even at the last moment", async () => {
  const { clock, asked, prompt, left } = setUp();
  prompt.update(ALONE);
  await clock.advance(46 * MINUTE + 59_000);
  prompt.update(TOGETHER);
  assert.equal(asked.at(-1), null);
  await clock.advance(600 * MINUTE);
  assert.deepEqual([asked.at(-1), left()], [null, 0]);
});

test("nobody is asked while the server is away, in the green room, or after the call", async () => {
  const { clock, asked, prompt, left } = setUp();
  prompt.update({ ...ALONE, phase: "green" });
  await clock.advance(100 * MINUTE);
  prompt.update(ALONE);
  await clock.advance(30 * MINUTE);
  prompt.update({ ...ALONE, link: "reconnecting" });
  await clock.advance(100 * MINUTE);
  assert.deepEqual(asked, []);
  prompt.update(ALONE);
  await clock.advance(46 * MINUTE);
  prompt.update({ ...ALONE, phase: "left", seats: {} });
  assert.equal(asked.at(-1), null);
  await clock.advance(100 * MINUTE);
  assert.equal(left(), 0);
});

test("after sleep the person has the full time to answer", async () => {
  const { clock, asked, prompt, left } = setUp();
  prompt.update(ALONE);
  clock.sleep(600 * MINUTE);
  await clock.advance(0);
  assert.deepEqual([asked, left()], [[120], 0]);
});
