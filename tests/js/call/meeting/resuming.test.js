import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { joined, resume, welcome } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

test("a resume sends hello again, keeps the peers and sends the switches that the server missed", async () => {
  const parts = await joined();
  const { factory, meeting, transport } = parts;
  parts.factory.last.lose();
  assert.deepEqual(transport.calls.at(-1), ["update", ["me", "a"], false, false]);
  meeting.setSwitch({ mic: false, hand: true });
  assert.deepEqual(meeting.store.state.local, { mic: false, cam: false, screen: false, hand: true });
  await parts.clock.advance(1);
  factory.last.accept();
  await settle();
  assert.deepEqual([factory.last.last("hello").attempt, factory.last.last("hello").mic], [2, false]);
  factory.last.deliver(welcome([seat("a")], { mic: false, rev: 2 }));
  const { ref, ...state } = factory.last.last("state");
  assert.deepEqual(state, { type: "state", hand: true });
  assert.equal(
    transport.calls.some((/** @type {any} */ [name]) => name === "close"),
    false,
  );
});

test("a nickname that another person took meanwhile is replaced by the suggestion without asking", async () => {
  const parts = await joined();
  await resume(parts, null);
  const { ref } = parts.factory.last.last("hello");
  parts.factory.last.deliver({ type: "error", code: "nickname_taken", message: "", suggestion: "Ada 2", ref });
  await settle();
  const hello = parts.factory.last.last("hello");
  assert.deepEqual([hello.nickname, hello.attempt], ["Ada 2", 3]);
  assert.equal(parts.meeting.store.state.phase, "in");
});

test("a nickname asked for while the server was away is sent with hello; if it is refused, the old one is sent", async () => {
  const parts = await joined();
  parts.factory.last.lose();
  const wish = parts.meeting.nicknameSync.change("Grace");
  await parts.clock.advance(1);
  parts.factory.last.accept();
  await settle();
  const hello = parts.factory.last.last("hello");
  assert.equal(hello.nickname, "Grace");
  parts.factory.last.deliver({
    type: "error",
    code: "nickname_taken",
    message: "",
    suggestion: "Grace 2",
    ref: hello.ref,
  });
  await assert.rejects(wish, { code: "nickname_taken", suggestion: "Grace 2" });
  await settle();
  assert.equal(parts.factory.last.last("hello").nickname, "Ada");
  parts.factory.last.deliver(welcome([seat("a")]));
  assert.equal(parts.meeting.store.state.phase, "in");
  assert.equal(parts.factory.last.last("nickname"), undefined);
});

test("a resume that is refused for good ends the call", async () => {
  const parts = await joined();
  await resume(parts, null);
  const { ref } = parts.factory.last.last("hello");
  parts.factory.last.deliver({ type: "error", code: "room_full", message: "Full", ref });
  await settle();
  assert.deepEqual(parts.meeting.store.state.bye, { code: "room_full", message: "Full", action: "stop" });
});

test("a server that has forgotten the seat is sent hello again", async () => {
  const { factory, meeting } = await joined();
  factory.last.deliver({ type: "error", code: "not_joined", message: "" });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.equal(meeting.store.state.phase, "in");
});

test("a seat that expired while the socket was open is taken again", async () => {
  const { factory, meeting } = await joined();
  factory.last.deliver({ type: "seat.left", id: "me", reason: "expired", rev: 9 });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.equal(meeting.store.state.phase, "in");
});

test("a switch refused because it came too soon is sent again; another refusal is shown", async () => {
  const { clock, factory, meeting, problems } = await joined();
  meeting.setSwitch({ hand: true });
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref: factory.last.last("state").ref });
  factory.last.sent.length = 0;
  await clock.advance(1_100);
  const { ref, ...state } = factory.last.last("state");
  assert.deepEqual(state, { type: "state", hand: true });
  assert.deepEqual(problems, []);
  factory.last.deliver({ type: "error", code: "not_allowed", message: "", ref });
  await settle();
  assert.deepEqual(problems, ["not_allowed"]);
});
