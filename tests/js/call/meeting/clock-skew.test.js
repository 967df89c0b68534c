import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { ADA, setUp, welcome } from "../../fakes/meeting.js";

/** @import { FakeClock } from "../../fakes/clock.js" */

const HOUR = 3_600;
/** A machine whose clock is two hours fast. @param {FakeClock} clock */
const serverNow = (clock) => clock.now() / 1_000 - 2 * HOUR;

/** Joins, as the page that is loaded for the `attempt`th time. @param {number} attempt @param {any} [change] - of the welcome */
async function joinedAgain(attempt, change = {}) {
  const parts = setUp();
  const { meeting, factory, clock } = parts;
  const began = serverNow(clock) - (attempt - 1) * HOUR;
  if (attempt > 1) Object.defineProperty(parts.key, "attempt", { get: () => attempt });
  meeting.open();
  factory.last.accept();
  const joining = meeting.join(ADA);
  await settle();
  factory.last.deliver({ ...welcome([], { joined_at: began }), now: serverNow(clock), ...change });
  await joining;
  return parts;
}

test("a wrong clock is known at once, after a reload too", async () => {
  for (const attempt of [1, 2, 3]) {
    const { meeting } = await joinedAgain(attempt);
    assert.equal(meeting.store.state.clockSkew, -2 * HOUR, `page load ${attempt}`);
  }
});

test("a server of an earlier version does not tell its time: joining does, but not after a reload", async () => {
  assert.equal((await joinedAgain(1, { now: undefined })).meeting.store.state.clockSkew, -2 * HOUR);
  assert.equal((await joinedAgain(2, { now: undefined })).meeting.store.state.clockSkew, 0);
});

test("a message that comes late, or again after a lost connection, moves no times", async () => {
  const { meeting, factory, clock } = await joinedAgain(1);
  const line = { id: 1, seat: "b", nickname: "Bo", text: "Hi", to: null, to_nickname: null, ref: "r" };
  factory.last.deliver({ type: "chat", line: { ...line, sent_at: serverNow(clock) - 600 } });
  factory.last.deliver({ type: "chat", line: { ...line, id: 2, sent_at: serverNow(clock) + 0.5 } });
  assert.equal(meeting.store.state.clockSkew, -2 * HOUR);
});

test("a clock that is put right meanwhile is followed", async () => {
  const { meeting, factory, clock } = await joinedAgain(1);
  const line = { id: 1, seat: "b", nickname: "Bo", text: "Hi", to: null, to_nickname: null, ref: "r" };
  const right = serverNow(clock);
  clock.sleep(-2 * HOUR * 1_000);
  factory.last.deliver({ type: "chat", line: { ...line, sent_at: right } });
  assert.equal(meeting.store.state.clockSkew, 0);
});
