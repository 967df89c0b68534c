import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readSignalData } from "../../../../static/js/call/webrtc/signal-data.js";

const CANDIDATE = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid: "0", sdpMLineIndex: 0 };
const GOOD = [
  { gen: [1, 0], n: 1, description: { type: "offer", sdp: "v=0" } },
  { gen: [1, 2], n: 2, re: 1, description: { type: "answer", sdp: "v=0" } },
  { gen: [1, 2], n: 3, candidates: [CANDIDATE, { ...CANDIDATE, usernameFragment: "abcd" }] },
  { gen: [1, 2], n: 4, want: { height: 360 } },
  { gen: [1, 0], n: 1, description: { type: "offer", sdp: `${"m=video 9\n".repeat(4)}m=application 9\n` } },
];
const BAD = [
  { gen: [1, 0], n: 1, description: { type: "offer", sdp: "m=video 9\n".repeat(5) } },
  { gen: [1, 0], n: 1, description: { type: "offer", sdp: "m=application 9\n".repeat(2) } },
  { gen: [1, 0], n: 1, description: { type: "offer", sdp: "x".repeat(28_673) } },
  { gen: [1, 2], n: 1, candidates: [{ ...CANDIDATE, candidate: "x".repeat(513) }] },
  null,
  7,
  [],
  "x",
  {},
  { gen: [1], n: 1 },
  { gen: [0, 1], n: 1 },
  { gen: [1, -1], n: 1 },
  { gen: [1, 1.5], n: 1 },
  { gen: [1, 1], n: "1" },
  { gen: [1, 1], n: 1, description: "v=0" },
  { gen: [1, 1], n: 1, description: { type: "rollback", sdp: "" } },
  { gen: [1, 1], n: 1, description: { type: "offer", sdp: "x".repeat(40_000) } },
  { gen: [1, 1], n: 1, description: { type: "answer", sdp: "v=0" } },
  { gen: [1, 1], n: 1, candidates: {} },
  { gen: [1, 1], n: 1, candidates: [null] },
  { gen: [1, 1], n: 1, candidates: [{ candidate: "x" }] },
  { gen: [1, 1], n: 1, candidates: [{ ...CANDIDATE, sdpMid: 5 }] },
  { gen: [1, 1], n: 1, candidates: [{ ...CANDIDATE, candidate: "x".repeat(3_000) }] },
  { gen: [1, 1], n: 1, candidates: Array(65).fill(CANDIDATE) },
  { gen: [1, 1], n: 1, want: {} },
  { gen: [1, 1], n: 1, want: { height: "no" } },
  { gen: [1, 1], n: 1, want: { height: -1 } },
];

test("the messages of our pages are accepted", () => {
  for (const data of GOOD) assert.equal(readSignalData(data), data);
});

test("every other shape is dropped", () => {
  for (const data of BAD) assert.equal(readSignalData(data), null, JSON.stringify(data));
});

test("no value makes it throw", () => {
  const shape = {
    gen: fc.anything(),
    n: fc.anything(),
    description: fc.anything(),
    candidates: fc.anything(),
    want: fc.anything(),
  };
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record(shape)), (data) => void readSignalData(data)),
    { numRuns: 1_000 },
  );
});
