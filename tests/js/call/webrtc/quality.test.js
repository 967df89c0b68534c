import assert from "node:assert/strict";
import { test } from "node:test";

import { countsFrom, QualityMeter, troubleBetween } from "../../../../static/js/call/webrtc/quality.js";
import { QualityMonitor } from "../../../../static/js/call/webrtc/quality-monitor.js";
import { FakeClock, settle } from "../../fakes/clock.js";

/** @import { Trouble } from "../../../../static/js/call/webrtc/quality.js" */

const FINE = { lost: 0, frozen: 0, undecoded: 0, roundTrip: 0.05 };
const NOTHING = { received: 0, lost: 0, frozen: 0, arrived: 0, decoded: 0, roundTrip: 0 };

/** @param {QualityMeter} meter @param {Trouble} trouble @param {number} times */
function addSamples(meter, trouble, times) {
  for (let n = 0; n < times; n += 1) meter.addSample(trouble);
  return meter.level;
}

test("the level falls after two bad samples in a row, not after one", () => {
  const meter = new QualityMeter();
  assert.equal(addSamples(meter, { ...FINE, lost: 0.05 }, 1), "good");
  assert.equal(addSamples(meter, FINE, 1), "good");
  assert.equal(addSamples(meter, { ...FINE, lost: 0.05 }, 2), "weak");
});

test("loss, delay, frozen and undecoded frames each lower the level", () => {
  for (const trouble of [{ lost: 0.04 }, { roundTrip: 0.5 }, { frozen: 0.2 }, { undecoded: 0.6 }]) {
    assert.equal(addSamples(new QualityMeter(), { ...FINE, ...trouble }, 2), "weak", JSON.stringify(trouble));
  }
  for (const trouble of [{ lost: 0.2 }, { roundTrip: 1.5 }, { frozen: 0.7 }, { undecoded: 0.9 }]) {
    assert.equal(addSamples(new QualityMeter(), { ...FINE, ...trouble }, 2), "poor", JSON.stringify(trouble));
  }
});

test("the level does not flicker at a threshold", () => {
  const meter = new QualityMeter();
  assert.equal(addSamples(meter, { ...FINE, lost: 0.031 }, 2), "weak");
  assert.equal(addSamples(meter, { ...FINE, lost: 0.029 }, 20), "weak", "a little below is not better");
  assert.equal(addSamples(meter, { ...FINE, lost: 0.01 }, 3), "weak");
  assert.equal(addSamples(meter, { ...FINE, lost: 0.01 }, 1), "good");
});

test("it rises step by step from poor", () => {
  const meter = new QualityMeter();
  assert.equal(addSamples(meter, { ...FINE, lost: 0.3 }, 2), "poor");
  assert.equal(addSamples(meter, { ...FINE, lost: 0.05 }, 4), "weak");
});

test("it counts the packets of both receivers and the round-trip time of their one transport", () => {
  const pair = { type: "candidate-pair", id: "now", nominated: true, currentRoundTripTime: 0.2 };
  const before = { ...pair, id: "before", currentRoundTripTime: 3 };
  const transport = { type: "transport", selectedCandidatePairId: "now" };
  const audio = { type: "inbound-rtp", packetsReceived: 50, packetsLost: 1 };
  const video = { type: "inbound-rtp", packetsReceived: 100, packetsLost: 4, framesReceived: 30, framesDecoded: 28 };
  const counts = countsFrom([audio, pair, transport, video, before, pair, { type: "codec", id: "c" }]);
  assert.deepEqual(counts, { received: 150, lost: 5, frozen: 0, arrived: 30, decoded: 28, roundTrip: 0.2 });
});

test("in Firefox it uses the candidate pair that is marked as selected", () => {
  const pairs = [true, false].map((selected) => ({
    type: "candidate-pair",
    selected,
    currentRoundTripTime: selected ? 0.1 : 2,
  }));
  assert.equal(countsFrom(pairs).roundTrip, 0.1);
});

test("few packets are not rated, and repaired packets do not make the loss negative", () => {
  const few = { ...NOTHING, received: 10, lost: 5 };
  assert.equal(troubleBetween(NOTHING, few, 2).lost, 0);
  const repaired = { ...NOTHING, received: 100, lost: 3 };
  assert.equal(troubleBetween({ ...repaired, received: 0, lost: 5 }, repaired, 2).lost, 0);
  assert.equal(troubleBetween(NOTHING, { ...NOTHING, received: 90, lost: 10 }, 2).lost, 0.1);
});

/** A receiver whose connection loses a share of its packets. */
function receiver(lossy = () => 0) {
  let received = 0;
  let lost = 0;
  return {
    async getStats() {
      received += 100 * (1 - lossy());
      lost += 100 * lossy();
      return new Map([["in", { type: "inbound-rtp", packetsReceived: received, packetsLost: lost }]]);
    },
  };
}

test("it measures connected seats, reports changes once and starts over with a new connection", async () => {
  const clock = new FakeClock();
  let loss = 0.2;
  let people = /** @type {[string, any[]][]} */ ([
    ["a", [receiver(() => loss)]],
    ["b", [receiver()]],
  ]);
  /** @type {string[]} */
  const told = [];
  const monitor = new QualityMonitor({
    clock,
    people: () => people,
    changed: (id, level) => told.push(`${id} ${level}`),
  });
  const wait = async (/** @type {number} */ samples) => {
    for (let n = 0; n < samples; n += 1) {
      clock.advance(2_000);
      await settle();
    }
  };
  monitor.start();
  await wait(2);
  assert.deepEqual(told, [], "two samples make one difference");
  await wait(4);
  assert.deepEqual(told, ["a poor"]);
  assert.deepEqual([monitor.of("a"), monitor.of("b"), monitor.of("nobody")], ["poor", "good", "good"]);
  loss = 0;
  await wait(4);
  assert.deepEqual(told, ["a poor", "a good"]);
  loss = 0.2;
  people = [["a", [receiver(() => loss)]]];
  await wait(2);
  assert.equal(monitor.of("a"), "good", "a new connection has no past");
  monitor.stop();
  await wait(5);
  assert.equal(told.length, 2);
});
