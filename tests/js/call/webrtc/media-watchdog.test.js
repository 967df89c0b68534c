import assert from "node:assert/strict";
import { test } from "node:test";

import { MediaWatchdog } from "../../../../static/js/call/webrtc/media-watchdog.js";
import { FakeClock } from "../../fakes/clock.js";

function setUp() {
  const clock = new FakeClock();
  const sound = { timestamp: 0 };
  const receivers = () =>
    /** @type {any} */ ([{ getSynchronizationSources: () => (sound.timestamp ? [sound] : []) }, {}]);
  /** @type {boolean[]} */
  const told = [];
  const watchdog = new MediaWatchdog({ clock, receivers, changed: (alive) => told.push(alive) });
  const arrive = async (/** @type {number} */ seconds) => {
    for (let time = 0; time < seconds * 10; time += 1) {
      sound.timestamp += 100;
      await clock.advance(100);
    }
  };
  return { clock, watchdog, sound, told, arrive };
}

test("silence is reported within a second and its end at once, each once", async () => {
  const { clock, watchdog, told, arrive } = setUp();
  await arrive(5);
  assert.deepEqual([told, watchdog.silent], [[], false]);
  await clock.advance(1_000);
  assert.deepEqual([told, watchdog.silent], [[false], true]);
  await clock.advance(60_000);
  await arrive(0.3);
  assert.deepEqual([told, watchdog.silent], [[false, true], false]);
});

test("a source that is no longer listed does not count as an arrival", async () => {
  const { clock, watchdog, sound, told, arrive } = setUp();
  await arrive(5);
  await clock.advance(10_000);
  sound.timestamp = 0;
  await clock.advance(10_000);
  assert.deepEqual([told, watchdog.silent], [[false], true]);
});

test("a person who never sent anything is not reported as silent", async () => {
  const { clock, watchdog, told } = setUp();
  await clock.advance(60_000);
  assert.deepEqual([told, watchdog.silent], [[], false]);
});

test("nothing is reported after stop", async () => {
  const { clock, watchdog, told, arrive } = setUp();
  await arrive(1);
  watchdog.stop();
  await clock.advance(10_000);
  assert.deepEqual(told, []);
});
