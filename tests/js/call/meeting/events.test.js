import assert from "node:assert/strict";
import { test } from "node:test";

import { joined } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

test("reactions and problems are emitted, and a removal is acknowledged", async () => {
  const { factory, meeting, problems } = await joined();
  /** @type {any[]} */
  const seen = [];
  meeting.addEventListener("reaction", (event) => seen.push(/** @type {CustomEvent} */ (event).detail));
  meeting.react("👍");
  factory.last.deliver({ type: "reaction", from: "a", emoji: "👍" });
  assert.deepEqual(seen, [{ from: "a", emoji: "👍" }]);
  const removing = meeting.hostActions.remove("a");
  factory.last.deliver({ type: "ack", ref: factory.last.last("moderate").ref });
  await removing;
  factory.last.deliver({ type: "error", code: "too_many", message: "Slow down" });
  assert.deepEqual(problems, ["too_many"]);
});

test("a seat that changes without pause is drawn a few times a second, its last state always", async () => {
  const { meeting, factory, clock, transport } = await joined();
  let shown = 0;
  meeting.store.subscribe(() => {
    shown += 1;
  });
  for (let rev = 2; rev < 302; rev += 1) {
    const change = { rev, nickname: `a ${rev}`, mic: rev % 2 === 0 };
    factory.last.deliver({ type: "seat.updated", seat: seat("a", change) });
    await clock.advance(20);
  }
  assert.ok(shown <= 35, `${shown} changes in 6 s`);
  assert.ok(transport.calls.length <= 35, `${transport.calls.length} updates of the transport`);
  await clock.advance(250);
  assert.equal(meeting.store.state.seats.a?.nickname, "a 301");
});

test("changes of my own seat are never held", async () => {
  const { meeting, factory } = await joined();
  for (let rev = 2; rev < 102; rev += 1) {
    factory.last.deliver({ type: "seat.updated", seat: seat("me", { rev, cam: false }) });
    assert.equal(meeting.store.state.seats.me?.rev, rev);
  }
});

test("reactions of one seat without pause are dropped; those of another seat are shown", async () => {
  const { meeting, factory } = await joined();
  /** @type {string[]} */
  const shown = [];
  meeting.addEventListener("reaction", (event) => shown.push(/** @type {CustomEvent} */ (event).detail.from));
  for (let count = 0; count < 100; count += 1) factory.last.deliver({ type: "reaction", from: "a", emoji: "👍" });
  factory.last.deliver({ type: "reaction", from: "b", emoji: "👍" });
  assert.equal(shown.filter((from) => from === "a").length, 15);
  assert.equal(shown.at(-1), "b");
});
