import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { ADA, joined, welcome } from "../../fakes/meeting.js";

test('after the bye "taken" the call is over and the page does not reconnect', async () => {
  const { clock, factory, meeting, transport } = await joined();
  factory.last.deliver({ type: "bye", code: "taken", message: "Elsewhere", action: "stop" });
  assert.equal(meeting.store.state.phase, "left");
  assert.deepEqual(meeting.store.state.bye, { code: "taken", message: "Elsewhere", action: "stop" });
  assert.deepEqual(transport.calls.at(-1), ["close"]);
  await clock.advance(300_000);
  assert.equal(factory.sockets.length, 1);
});

test("leaving sends leave, and the next join uses a new key", async () => {
  const { factory, meeting } = await joined();
  const before = factory.last.last("hello").key;
  meeting.leave();
  assert.ok(factory.last.last("leave"));
  assert.deepEqual(
    [meeting.store.state.phase, meeting.store.state.bye?.code, meeting.store.state.link],
    ["left", "left", "closed"],
  );
  const again = meeting.join(ADA);
  factory.last.accept();
  await settle();
  assert.notEqual(factory.last.last("hello").key, before);
  factory.last.deliver(welcome());
  await again;
  assert.equal(meeting.store.state.bye, null);
});

test("two minutes without a server end the call", async () => {
  const { clock, factory, meeting } = await joined();
  factory.last.lose();
  for (let second = 0; second < 140; second += 1) {
    await clock.advance(1_000);
    if (factory.last.readyState === 0) factory.last.lose();
  }
  assert.deepEqual([meeting.store.state.phase, meeting.store.state.bye?.code], ["left", "gave_up"]);
});
