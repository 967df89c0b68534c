import assert from "node:assert/strict";
import { test } from "node:test";

import { AutoLowerHand } from "../../../static/js/call/auto-lower-hand.js";

const LOOK_MS = 150;

/** A person whose raised hand is sampled regularly and lowered when the policy says so. */
function setUp() {
  const lowering = new AutoLowerHand();
  let now = 0;
  const me = { raised: false, speaking: false };
  /** @param {number} seconds @returns {boolean} whether it went down meanwhile */
  const pass = (seconds) => {
    let lowered = false;
    for (const end = now + seconds * 1000; now < end; now += LOOK_MS) {
      if (!lowering.hear(me, now)) continue;
      me.raised = false;
      lowered = true;
    }
    return lowered;
  };
  return { me, pass };
}

test("a hand goes down when its person has spoken for three seconds", () => {
  const { me, pass } = setUp();
  Object.assign(me, { raised: true, speaking: true });
  assert.equal(pass(2.5), false);
  assert.equal(pass(1), true);
});

test("a hand stays up for a short answer, and while its person is silent", () => {
  const { me, pass } = setUp();
  me.raised = true;
  for (let time = 0; time < 5; time += 1) {
    me.speaking = true;
    assert.equal(pass(1.5), false);
    me.speaking = false;
    assert.equal(pass(3), false);
  }
  assert.equal(pass(600), false);
});

test("speech before the hand was raised does not count", () => {
  const { me, pass } = setUp();
  me.speaking = true;
  pass(60);
  me.raised = true;
  assert.equal(pass(2), false);
});

test("a hand raised again at once stays up while its person speaks", () => {
  const { me, pass } = setUp();
  Object.assign(me, { raised: true, speaking: true });
  assert.equal(pass(4), true);
  me.raised = true;
  assert.equal(pass(600), false);
  me.raised = false;
  pass(60);
  me.raised = true;
  assert.equal(pass(4), true);
});

test("a hand raised long after that is a new hand", () => {
  const { me, pass } = setUp();
  Object.assign(me, { raised: true, speaking: true });
  assert.equal(pass(4), true);
  pass(30);
  me.raised = true;
  assert.equal(pass(4), true);
});

test("time during sleep does not count as speech", () => {
  const lowering = new AutoLowerHand();
  const me = { raised: true, speaking: true };
  lowering.hear(me, 0);
  assert.equal(lowering.hear(me, 3_600_000), false);
});
