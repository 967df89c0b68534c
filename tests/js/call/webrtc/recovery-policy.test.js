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
    waits: false,
    paired: true,
    wasConnected: true,
    troubled: 0,
    offered: 0,
    tries: 0,
    rebuilds: 0,
    ...change,
  });
}

test("a healthy peer is left alone", () => assert.equal(step({ connection: "connected", troubled: 99_000 }), "none"));

test("a lost contact: restart at once, after 5 and 10 seconds, rebuild after 20", () => {
  assert.equal(step(), "restart");
  assert.equal(step({ tries: 1, troubled: 4_900 }), "wait");
  assert.equal(step({ tries: 1, troubled: 5_000 }), "restart");
  assert.equal(step({ tries: 2, troubled: 10_000 }), "restart");
  assert.equal(step({ tries: 3, troubled: 19_900 }), "wait");
  assert.equal(step({ tries: 3, troubled: 20_000 }), "rebuild");
});

test("one of the two sides waits a moment longer", () => {
  assert.equal(step({ waits: true, troubled: 900 }), "wait");
  assert.equal(step({ waits: true, troubled: 1_000 }), "restart");
});

test("nothing is tried while nothing can arrive", () => {
  assert.equal(step({ reachable: false, tries: 3, troubled: 999_000 }), "wait");
});

test("the inviter offers at once, the other one after a while", () => {
  const fresh = { paired: false, wasConnected: false, connection: /** @type {const} */ ("new") };
  assert.equal(step({ ...fresh, inviter: true }), "offer");
  assert.equal(step({ ...fresh, troubled: 3_900 }), "wait");
  assert.equal(step({ ...fresh, troubled: 4_000 }), "offer");
});

test("an unanswered offer is said again, less and less often", () => {
  const offering = {
    signaling: /** @type {const} */ ("have-local-offer"),
    connection: /** @type {const} */ ("connected"),
  };
  assert.equal(step({ ...offering, offered: 3_900 }), "wait");
  assert.equal(step({ ...offering, offered: 4_000 }), "resend");
  assert.equal(step({ ...offering, offered: 4_000, tries: 1 }), "wait");
  assert.equal(step({ ...offering, offered: 16_000, tries: 9 }), "resend");
});

test("flowing media is never rebuilt for a missing answer", () => {
  assert.equal(step({ connection: "connected", signaling: "have-local-offer", tries: 5, troubled: 99_000 }), "wait");
});

test("a first contact that fails is offered again, restarted, rebuilt, each time more slowly", () => {
  const first = { wasConnected: false, connection: /** @type {const} */ ("connecting") };
  assert.equal(step({ ...first, troubled: 4_000 }), "offer");
  assert.equal(step({ ...first, troubled: 8_000, tries: 1 }), "restart");
  assert.equal(step({ ...first, troubled: 16_000, tries: 2 }), "rebuild");
  assert.equal(step({ ...first, troubled: 16_000, tries: 2, rebuilds: 1 }), "wait");
  assert.equal(step({ ...first, troubled: 64_000, tries: 2, rebuilds: 9 }), "rebuild");
});

test("closed by the other side: an invitation is awaited, then made", () => {
  assert.equal(step({ connection: "closed" }), "wait");
  assert.equal(step({ connection: "closed", troubled: 4_000 }), "rebuild");
});
