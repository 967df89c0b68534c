import assert from "node:assert/strict";
import { test } from "node:test";
import { SeatActivity } from "../../../static/js/call/seat-activity.js";
import { createStore } from "../../../static/js/call/store.js";
import { FakeClock } from "../fakes/clock.js";
import { seat, stateOf } from "../fakes/seats.js";

function parts() {
  const clock = new FakeClock();
  const store = createStore(stateOf("me", { me: seat("me"), ada: seat("ada"), bob: seat("bob") }));
  /** @type {string[]} */
  const reactions = [];
  let changes = 0;
  store.subscribe(() => {
    changes += 1;
  });
  const activity = new SeatActivity({
    clock,
    changed: (message) => store.dispatch(message),
    reacted: ({ from }) => reactions.push(from),
  });
  const change = (/** @type {string} */ id, /** @type {number} */ rev, nickname = `${id} ${rev}`) =>
    activity.change({ type: "seat.updated", seat: seat(id, { rev, nickname }) });
  return { clock, store, activity, reactions, change, changes: () => changes };
}

test("a few changes of a seat apply at once", () => {
  const { store, change } = parts();
  for (let rev = 2; rev < 12; rev += 1) {
    change("ada", rev);
    assert.equal(store.state.seats.ada?.rev, rev);
  }
});

test("of hundreds of changes a few are shown, and the last one always", async () => {
  const { clock, store, change, changes } = parts();
  for (let rev = 2; rev < 302; rev += 1) {
    change("ada", rev);
    await clock.advance(20);
  }
  assert.ok(changes() <= 10 + 4 * 6 + 1, `${changes()} in 6 s`);
  await clock.advance(250);
  assert.equal(store.state.seats.ada?.nickname, "ada 301");
});

test("the newest revision is kept, in whatever order they come", async () => {
  const { clock, store, change } = parts();
  for (let rev = 2; rev < 12; rev += 1) change("ada", rev);
  change("ada", 14);
  change("ada", 13);
  await clock.advance(1_000);
  assert.equal(store.state.seats.ada?.rev, 14);
});

test("a change that was held does not bring back a seat that has left", async () => {
  const { clock, store, change } = parts();
  for (let rev = 2; rev < 13; rev += 1) change("ada", rev);
  store.dispatch({ type: "seat.left", id: "ada", reason: "left", rev: 13 });
  await clock.advance(1_000);
  assert.equal(store.state.seats.ada, undefined);
});

test("changes that were held are not applied after leaving", async () => {
  const { clock, activity, change, changes } = parts();
  for (let rev = 2; rev < 13; rev += 1) change("ada", rev);
  activity.clear();
  await clock.advance(1_000);
  assert.equal(changes(), 10);
});

test("changes and reactions of one seat do not affect another's", () => {
  const { activity, store, reactions, change } = parts();
  for (let rev = 2; rev < 102; rev += 1) {
    change("ada", rev);
    activity.react({ type: "reaction", from: "ada", emoji: "👍" });
  }
  change("bob", 2);
  activity.react({ type: "reaction", from: "bob", emoji: "👍" });
  assert.equal(store.state.seats.bob?.rev, 2);
  assert.deepEqual(reactions, [...Array(15).fill("ada"), "bob"]);
});
