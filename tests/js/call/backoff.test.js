import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff, dialTimeout, shouldGiveUp } from "../../../static/js/call/backoff.js";

const middle = /** @type {any} */ ({ random: () => 0.5 });
const chance = /** @type {any} */ ({ random: Math.random });

/** @param {number} lostFor */
const inCall = (lostFor) => ({ inCall: true, lostFor });

test("in the green room the delays grow", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6].map((failures) => backoff(failures, middle));
  assert.deepEqual(waits, [0, 300, 1_200, 2_700, 4_800, 7_000, 7_000]);
});

test("people in a call look every second for a minute, then every five", () => {
  assert.deepEqual(
    [0, 1, 2, 9].map((failures) => backoff(failures, middle, inCall(9_000))),
    [0, 300, 1_200, 1_200],
  );
  assert.equal(backoff(40, middle, inCall(60_000)), 4_800);
});

test("a dial is given up before the system's last retransmission", () => {
  assert.ok(dialTimeout(inCall(0)) < 7_000);
  assert.equal(dialTimeout({ inCall: false, lostFor: 0 }), 8_000);
  assert.equal(dialTimeout({ inCall: true, lostFor: null }), 8_000);
});

test("a call gives up after two minutes, the green room never", () => {
  assert.equal(shouldGiveUp(inCall(119_999)), false);
  assert.equal(shouldGiveUp(inCall(120_000)), true);
  assert.equal(shouldGiveUp({ inCall: false, lostFor: 9_000_000 }), false);
});

/**
 * When each of so many pages comes back to a server that was away for so long, in ms after it is there.
 * @param {number} pages @param {number} outage
 */
function returns(pages, outage) {
  return Array.from({ length: pages }, () => {
    let at = 0;
    for (let failures = 1; at < outage; failures += 1) at += backoff(failures, chance, inCall(at));
    return at - outage;
  });
}

/** @param {number[]} times @param {number} width */
function peak(times, width) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const time of times) counts.set(Math.floor(time / width), (counts.get(Math.floor(time / width)) ?? 0) + 1);
  return Math.max(...counts.values());
}

test("a thousand pages are back in two seconds after a short outage, and not all at once", () => {
  for (const outage of [3_000, 5_000, 8_000, 20_000]) {
    const times = returns(1_000, outage);
    assert.ok(Math.max(...times) < 1_600, `${outage}: ${Math.max(...times)}`);
    assert.ok(peak(times, 100) < 200, `${outage}: ${peak(times, 100)} in a tenth of a second`);
  }
});

test("after a long outage they are back in seven seconds", () => {
  const times = returns(1_000, 100_000);
  assert.ok(Math.max(...times) < 7_000);
  assert.ok(peak(times, 1_000) < 400);
});
