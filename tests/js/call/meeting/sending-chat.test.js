import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { ADA, joined, keep, resume, setUp, welcome } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

test("chat is shown at once, sent again after a resume under the same ref, and shown once", async () => {
  const parts = await joined();
  const { factory, meeting } = parts;
  factory.last.lose();
  meeting.sendChat("one");
  meeting.sendChat("two", "a");
  assert.deepEqual(
    meeting.store.state.chat.map(({ status }) => status),
    ["sending", "sending"],
  );
  await parts.clock.advance(1);
  factory.last.accept();
  await settle();
  factory.last.deliver(welcome([seat("a")]));
  const said = () => factory.last.sent.filter(({ type }) => type === "chat").map(({ text, to }) => [text, to]);
  assert.deepEqual(said(), [["one", undefined]]);
  keep(factory.last, 1);
  await settle();
  assert.deepEqual(said(), [
    ["one", undefined],
    ["two", "a"],
  ]);
  factory.last.deliver({ type: "error", code: "no_such_seat", message: "Gone", ref: factory.last.last("chat").ref });
  await settle();
  assert.deepEqual(
    meeting.store.state.chat.map(({ status, problem }) => [status, problem]),
    [
      ["sent", undefined],
      ["failed", { code: "no_such_seat", message: "Gone" }],
    ],
  );
  await resume(parts);
  assert.equal(
    factory.last.sent.some(({ type }) => type === "chat"),
    false,
  );
  meeting.sendChatAgain(meeting.store.state.chat[1]?.ref ?? "");
  keep(factory.last, 2);
  await settle();
  assert.deepEqual(
    meeting.store.state.chat.map(({ id, text }) => [id, text]),
    [
      [1, "one"],
      [2, "two"],
    ],
  );
});

test("the second of two lines waits until the first is settled, so that their order is kept", async () => {
  const { clock, factory, meeting } = await joined();
  meeting.sendChat("one");
  meeting.sendChat("two");
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref: factory.last.last("chat").ref });
  await settle();
  assert.equal(factory.last.last("chat").text, "one");
  await clock.advance(2_100);
  assert.equal(factory.last.last("chat").text, "one");
  keep(factory.last, 1);
  await settle();
  assert.equal(factory.last.last("chat").text, "two");
});

test("lines that could not be sent are sent by the next page once, unless they arrived after all", async () => {
  const memory = {
    values: {},
    load: () => memory.values,
    save: (/** @type {any} */ values) => (memory.values = values),
  };
  /** @param {(parts: ReturnType<typeof setUp>) => any} [snapshot] */
  const page = async (snapshot = () => welcome()) => {
    const parts = setUp(memory);
    const joining = parts.meeting.join(ADA);
    parts.factory.last.accept();
    await settle();
    parts.factory.last.deliver(snapshot(parts));
    await joining;
    return parts;
  };
  const first = await page();
  first.factory.last.lose();
  for (const text of ["one", "two"]) first.meeting.sendChat(text);
  const [one] = first.meeting.store.state.chat;
  const kept = {
    id: 1,
    seat: "me",
    nickname: "Ada",
    text: "one",
    to: null,
    to_nickname: null,
    sent_at: 1,
    ref: one?.ref,
  };
  const second = await page(() => ({ ...welcome(), chat: [kept] }));
  assert.deepEqual(
    second.factory.last.sent.filter(({ type }) => type === "chat").map(({ text }) => text),
    ["two"],
  );
  keep(second.factory.last, 2);
  await settle();
  assert.deepEqual(
    second.meeting.store.state.chat.map(({ id, text }) => [id, text]),
    [
      [1, "one"],
      [2, "two"],
    ],
  );
  const third = await page();
  assert.deepEqual(third.meeting.store.state.chat, []);
  // Another seat: a tab made by duplicating this one, which may have sent it meanwhile.
  third.factory.last.lose();
  third.meeting.sendChat("three");
  const copy = await page(() => ({ ...welcome(), seat: "other", seats: [seat("other")] }));
  assert.equal(copy.factory.last.last("chat"), undefined);
  assert.deepEqual(
    copy.meeting.store.state.chat.map(({ text, status }) => [text, status]),
    [["three", "failed"]],
  );
});

test("chat refused because it came too soon is sent again by itself", async () => {
  const { clock, factory, meeting } = await joined();
  meeting.sendChat("one");
  const { ref } = factory.last.last("chat");
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref });
  factory.last.sent.length = 0;
  await clock.advance(2_100);
  assert.equal(factory.last.last("chat").ref, ref);
});
