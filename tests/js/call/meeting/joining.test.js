import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { ADA, ROOM, setUp, welcome } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

test("the green room previews the room; joining is one message, and everybody is invited at once", async () => {
  const { factory, meeting, transport } = setUp();
  meeting.open();
  meeting.open();
  factory.last.accept();
  factory.last.deliver({ type: "room", room: ROOM, nicknames: ["a"], inside: 1 });
  assert.deepEqual(meeting.store.state.peek, { nicknames: ["a"], inside: 1 });
  assert.equal(transport.prepared, 1);
  const joining = meeting.join(ADA);
  assert.equal(meeting.store.state.phase, "joining");
  await settle();
  const { key, page, ref, ...hello } = factory.last.last("hello");
  assert.deepEqual(hello, { type: "hello", attempt: 1, ...ADA });
  factory.last.deliver(welcome([seat("a")]));
  await joining;
  assert.equal(meeting.store.state.phase, "in");
  assert.deepEqual(transport.calls.slice(-2), [
    ["ice", [{ urls: ["stun:x"] }]],
    ["update", ["me", "a"], true, true],
  ]);
  assert.deepEqual(
    factory.last.sent.map(({ type }) => type),
    ["peek", "hello"],
  );
});

test("a join before the socket is open waits for it", async () => {
  const { factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  await settle();
  factory.last.accept();
  await settle();
  assert.deepEqual(
    factory.last.sent.map(({ type }) => type),
    ["hello"],
  );
  factory.last.deliver(welcome());
  await joining;
});

test("after the socket is lost while joining, hello is sent again with a higher attempt", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  factory.last.lose();
  await clock.advance(1);
  factory.last.accept();
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  factory.last.deliver(welcome());
  await joining;
});

test("when the server has already seated me, the page asks for the roster instead of sending hello again", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  for (let time = 0; time < 2; time += 1) {
    await clock.advance(6_000);
    factory.last.deliver({ type: "pong" });
  }
  factory.last.deliver({ type: "error", code: "already_joined", message: "", ref: factory.last.last("hello").ref });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.ok(factory.last.last("sync"));
  factory.last.deliver(welcome());
  await joining;
});

test("a nickname that is taken leads back to the green room with a suggestion", async () => {
  const { factory, meeting, problems } = setUp();
  meeting.open();
  factory.last.accept();
  const joining = meeting.join(ADA);
  await settle();
  const { ref } = factory.last.last("hello");
  factory.last.deliver({ type: "error", code: "nickname_taken", message: "Taken", suggestion: "Ada 2", ref });
  await assert.rejects(joining, { code: "nickname_taken", suggestion: "Ada 2" });
  assert.equal(meeting.store.state.phase, "green");
  assert.deepEqual(problems, []);
  const again = meeting.join({ ...ADA, nickname: "Ada 2" });
  await settle();
  assert.equal(factory.last.last("hello").nickname, "Ada 2");
  factory.last.deliver(welcome());
  await again;
});

test("a busy server is asked again after a while", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  factory.last.deliver({ type: "error", code: "try_again", message: "", ref: factory.last.last("hello").ref });
  assert.equal(meeting.store.state.phase, "joining");
  await clock.advance(1_000);
  assert.equal(factory.last.last("hello").attempt, 2);
  factory.last.deliver(welcome());
  await joining;
});

test("tracks may be set before the call", () => {
  const { meeting, transport } = setUp();
  meeting.setTrack("audio", null);
  assert.deepEqual(transport.calls, [["track", "audio"]]);
});
