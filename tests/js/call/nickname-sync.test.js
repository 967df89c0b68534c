import assert from "node:assert/strict";
import { test } from "node:test";

import { NicknameSync } from "../../../static/js/call/nickname-sync.js";
import { FakeClock, settle } from "../fakes/clock.js";

/** In a call as Grace, with a server that answers when the test says so. */
function setUp() {
  /** @type {{nickname: string, resolve: (value: any) => void, reject: (problem: any) => void}[]} */
  const asked = [];
  const request = (/** @type {any} */ { nickname }) =>
    new Promise((resolve, reject) => asked.push({ nickname, resolve, reject }));
  const clock = new FakeClock();
  const sync = new NicknameSync({ socket: /** @type {any} */ ({ request }), clock });
  sync.begin("Grace");
  sync.welcomed("Grace");
  /** @type {string[]} */
  const outcomes = [];
  const change = (/** @type {string} */ nickname) =>
    void sync.change(nickname).then(
      () => outcomes.push(`${nickname}: yes`),
      ({ code, suggestion }) => outcomes.push(`${nickname}: ${code} ${suggestion ?? ""}`.trim()),
    );
  return { asked, clock, sync, outcomes, change };
}

test("a change is sent at once, and the next hello has the new nickname", async () => {
  const { asked, sync, outcomes, change } = setUp();
  change("Grace H.");
  assert.deepEqual([asked.length, sync.nickname], [1, "Grace H."]);
  asked[0]?.resolve(null);
  await settle();
  assert.deepEqual([outcomes, sync.nickname], [["Grace H.: yes"], "Grace H."]);
});

test("a refused change ends, and the old nickname stays", async () => {
  const { asked, sync, outcomes, change } = setUp();
  change("Ada");
  asked[0]?.reject({ code: "nickname_taken", suggestion: "Ada 2" });
  await settle();
  sync.disconnected();
  sync.welcomed("Grace");
  assert.deepEqual([outcomes, sync.nickname, asked.length], [["Ada: nickname_taken Ada 2"], "Grace", 1]);
});

test("a change made while disconnected is sent after the next welcome", async () => {
  const { asked, sync, outcomes, change } = setUp();
  sync.disconnected();
  change("Grace H.");
  assert.deepEqual([asked.length, sync.nickname], [0, "Grace H."]);
  sync.welcomed("Grace H.");
  asked[0]?.resolve(null);
  await settle();
  assert.deepEqual(outcomes, ["Grace H.: yes"]);
});

test("a change whose answer was lost is sent again", async () => {
  const { asked, sync, outcomes, change } = setUp();
  change("Grace H.");
  sync.disconnected();
  asked[0]?.reject({ code: "disconnected" });
  await settle();
  assert.deepEqual([sync.nickname, outcomes], ["Grace H.", []]);
  sync.welcomed("Grace H.");
  asked[1]?.resolve(null);
  await settle();
  assert.deepEqual(outcomes, ["Grace H.: yes"]);
});

test("a change for which hello was refused gives way to the old nickname", async () => {
  const { sync, outcomes, change } = setUp();
  sync.disconnected();
  change("Ada");
  assert.equal(sync.fallBack({ code: "nickname_taken", message: "", suggestion: "Ada 2" }), true);
  await settle();
  assert.deepEqual([sync.nickname, outcomes], ["Grace", ["Ada: nickname_taken Ada 2"]]);
});

test("if my own nickname was taken meanwhile the suggestion is used, and without one nothing is tried", () => {
  const { sync } = setUp();
  assert.equal(sync.fallBack({ code: "nickname_taken", message: "", suggestion: "Grace 2" }), true);
  assert.equal(sync.nickname, "Grace 2");
  assert.equal(sync.fallBack({ code: "nickname_invalid", message: "" }), false);
});

test("the later of two changes counts", async () => {
  const { asked, sync, outcomes, change } = setUp();
  change("Gracie");
  change("Grace H.");
  asked[1]?.resolve(null);
  asked[0]?.reject({ code: "nickname_taken" });
  await settle();
  assert.deepEqual([outcomes, sync.nickname], [["Gracie: yes", "Grace H.: yes"], "Grace H."]);
});

test("a change refused because it came too soon is sent again by itself", async () => {
  const { asked, clock, outcomes, change } = setUp();
  change("Grace H.");
  asked[0]?.reject({ code: "too_many" });
  await clock.advance(1_000);
  asked[1]?.resolve(null);
  await settle();
  assert.deepEqual(outcomes, ["Grace H.: yes"]);
});
