import assert from "node:assert/strict";
import { test } from "node:test";

import { nextStep } from "../../../../static/js/call/webrtc/recovery-policy.js";

/** @import { RecoveryState } from "../../../../static/js/call/webrtc/recovery-policy.js" */

/** @param {Partial<RecoveryState>} [change] */
function step(change = {}) {
  return nextStep({
    connection: "failed",
    signaling: "stable",
    reachable: true,
    inviter: false,
    otherActsFirst: false,
    paired: true,
    wasConnected: true,
    troubleMs: 0,
    offerAgeMs: 0,
    attempts: 0,
    rebuilds: 0,
    ...change,
  });
}

test("a healthy peer is left alone", () => assert.equal(step({ connection: "connected", troubleMs: 99_000 }), "none"));

test("a lost connection is restarted at once, after 5 and 10 seconds, and rebuilt after 20", () => {
  assert.equal(step(), "restart");
  assert.equal(step({ attempts: 1, troubleMs: 4_900 }), "wait");
  assert.equal(step({ attempts: 1, troubleMs: 5_000 }), "restart");
  assert.equal(step({ attempts: 2, troubleMs: 10_000 }), "restart");
  assert.equal(step({ attempts: 3, troubleMs: 19_900 }), "wait");
  assert.equal(step({ attempts: 3, troubleMs: 20_000 }), "rebuild");
});

test("one of the two sides waits a moment longer", () => {
  assert.equal(step({ otherActsFirst: true, troubleMs: 900 }), "wait");
  assert.equal(step({ otherActsFirst: true, troubleMs: 1_000 }), "restart");
});

test("nothing is tried while nothing can arrive", () => {
  assert.equal(step({ reachable: false, attempts: 3, troubleMs: 999_000 }), "wait");
});

test("the inviter offers at once, the other one after a while", () => {
  const fresh = { paired: false, wasConnected: false, connection: /** @type {const} */ ("new") };
  assert.equal(step({ ...fresh, inviter: true }), "offer");
  assert.equal(step({ ...fresh, troubleMs: 3_900 }), "wait");
  assert.equal(step({ ...fresh, troubleMs: 4_000 }), "offer");
});

test("an unanswered offer is sent again, less and less often", () => {
  const offering = {
    signaling: /** @type {const} */ ("have-local-offer"),
    connection: /** @type {const} */ ("connected"),
  };
  assert.equal(step({ ...offering, offerAgeMs: 3_900 }), "wait");
  assert.equal(step({ ...offering, offerAgeMs: 4_000 }), "resend");
  assert.equal(step({ ...offering, offerAgeMs: 4_000, attempts: 1 }), "wait");
  assert.equal(step({ ...offering, offerAgeMs: 16_000, attempts: 9 }), "resend");
});

test("flowing media is never rebuilt for a missing answer", () => {
  assert.equal(
    step({ connection: "connected", signaling: "have-local-offer", attempts: 5, troubleMs: 99_000 }),
    "wait",
  );
});

test("a first connection that fails is offered again, restarted and rebuilt, each time more slowly", () => {
  const first = { wasConnected: false, connection: /** @type {const} */ ("connecting") };
  assert.equal(step({ ...first, troubleMs: 4_000 }), "offer");
  assert.equal(step({ ...first, troubleMs: 8_000, attempts: 1 }), "restart");
  assert.equal(step({ ...first, troubleMs: 16_000, attempts: 2 }), "rebuild");
  assert.equal(step({ ...first, troubleMs: 16_000, attempts: 2, rebuilds: 1 }), "wait");
  assert.equal(step({ ...first, troubleMs: 64_000, attempts: 2, rebuilds: 9 }), "rebuild");
});

test("after the other side closed, an invitation is awaited, then sent", () => {
  assert.equal(step({ connection: "closed" }), "wait");
  assert.equal(step({ connection: "closed", troubleMs: 4_000 }), "rebuild");
});
