import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { browserWake, watchClock } from "../../../static/js/call/wake-events.js";
import { FakeClock } from "../fakes/clock.js";

const page = new EventTarget();
/** @type {any} */
const scope = globalThis;

beforeEach(() => {
  scope.addEventListener = page.addEventListener.bind(page);
  scope.removeEventListener = page.removeEventListener.bind(page);
});
afterEach(() => {
  delete scope.addEventListener;
  delete scope.removeEventListener;
});

test("a clock that jumps means that the machine slept", async () => {
  const clock = new FakeClock();
  let jumps = 0;
  const stop = watchClock(clock, () => (jumps += 1));
  await clock.advance(60_000);
  assert.equal(jumps, 0);
  clock.sleep(10_000);
  await clock.advance(2_000);
  assert.equal(jumps, 1);
  stop();
  clock.sleep(10_000);
  await clock.advance(10_000);
  assert.equal(jumps, 1);
});

test("the browser's events are passed on until the listener is removed", () => {
  /** @type {string[]} */
  const reasons = [];
  const stop = browserWake(new FakeClock())((reason) => reasons.push(reason));
  for (const type of ["online", "pageshow", "visibilitychange"]) page.dispatchEvent(new Event(type));
  assert.deepEqual(reasons, ["network", "shown", "shown"]);
  stop();
  page.dispatchEvent(new Event("online"));
  assert.equal(reasons.length, 3);
});

test("an online event without a network is not reported", () => {
  /** @type {string[]} */
  const reasons = [];
  const before = Object.getOwnPropertyDescriptor(scope, "navigator");
  const navigator = { onLine: false };
  Object.defineProperty(scope, "navigator", { value: navigator, configurable: true });
  const stop = browserWake(new FakeClock())((reason) => reasons.push(reason));
  page.dispatchEvent(new Event("online"));
  assert.deepEqual(reasons, []);
  navigator.onLine = true;
  page.dispatchEvent(new Event("online"));
  assert.deepEqual(reasons, ["network"]);
  stop();
  if (before) Object.defineProperty(scope, "navigator", before);
  else delete scope.navigator;
});

test("without a window only jumps of the clock are reported", () => {
  delete scope.addEventListener;
  delete scope.removeEventListener;
  browserWake(new FakeClock())(() => {})();
});
