import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangement } from "../../../../static/js/ui/stage/arrangement.js";
import { inCall, seat } from "../../fakes/seats.js";

const WISH = { layout: /** @type {const} */ ("auto"), pinned: null, speaking: null, last: null };

test("it shows me large when I am alone, and never when somebody else is here", () => {
  assert.equal(arrangement(inCall([seat("me")]), WISH).stage, "seat:me");
  assert.equal(arrangement(inCall([seat("me"), seat("a")]), WISH).stage, "seat:a");
  assert.equal(arrangement(inCall([seat("me"), seat("a")]), { ...WISH, speaking: "me" }).stage, "seat:a");
});

test("it puts me in the corner of a conversation of two only", () => {
  assert.equal(arrangement(inCall([seat("me"), seat("a")]), WISH).corner, true);
  assert.equal(arrangement(inCall([seat("me"), seat("a"), seat("b")]), WISH).corner, false);
});

test("it follows the speaker and stays when nobody speaks", () => {
  const state = inCall([seat("me"), seat("a"), seat("b")]);
  assert.equal(arrangement(state, { ...WISH, speaking: "b" }).stage, "seat:b");
  assert.equal(arrangement(state, { ...WISH, last: "seat:b" }).stage, "seat:b");
});

test("it gives a shared screen the stage, unless a person was chosen or the speaker layout", () => {
  const state = inCall([seat("me"), seat("a", { screen: true }), seat("b")]);
  assert.equal(arrangement(state, { ...WISH, speaking: "b" }).stage, "screen:a");
  assert.equal(arrangement(state, { ...WISH, pinned: "seat:b" }).stage, "seat:b");
  assert.equal(arrangement(state, { ...WISH, layout: "speaker", speaking: "b" }).stage, "seat:b");
});

test("it puts the spotlight above the speaker, below a shared screen and my own choice", () => {
  const seats = [seat("me"), seat("a"), seat("b", { spotlight: true }), seat("c", { screen: true })];
  assert.equal(arrangement(inCall(seats), WISH).stage, "screen:c");
  const quiet = inCall(seats.slice(0, 3));
  assert.equal(arrangement(quiet, { ...WISH, speaking: "a", last: "seat:a" }).stage, "seat:b");
  assert.equal(arrangement(quiet, { ...WISH, layout: "speaker", speaking: "a" }).stage, "seat:b");
  assert.equal(arrangement(quiet, { ...WISH, pinned: "seat:a" }).stage, "seat:a");
});

test("it puts the spotlight first in a grid, and never makes me large to myself", () => {
  const state = inCall([seat("me"), seat("a", { joined_at: 1 }), seat("b", { joined_at: 2, spotlight: true })]);
  const plan = arrangement(state, { ...WISH, layout: "grid" });
  assert.deepEqual([plan.stage, plan.items.map((item) => item.key)], [null, ["seat:b", "seat:a", "seat:me"]]);
  const mine = inCall([seat("me", { spotlight: true }), seat("a"), seat("b")]);
  assert.equal(arrangement(mine, { ...WISH, speaking: "b" }).stage, "seat:b");
});

test("it keeps my own screen off my stage until I choose it", () => {
  const state = inCall([seat("me"), seat("a")], { local: { mic: true, cam: true, screen: true, hand: false } });
  const plan = arrangement(state, WISH);
  assert.deepEqual(
    plan.items.map((item) => item.key),
    ["seat:a", "seat:me", "screen:me"],
  );
  assert.equal(plan.stage, "seat:a");
  assert.equal(arrangement(state, { ...WISH, pinned: "screen:me" }).stage, "screen:me");
});

test("it has no stage in a grid, except for a chosen person who is still here", () => {
  const state = inCall([seat("me"), seat("a")]);
  assert.equal(arrangement(state, { ...WISH, layout: "grid" }).stage, null);
  assert.equal(arrangement(state, { ...WISH, layout: "grid", pinned: "seat:a" }).stage, "seat:a");
  assert.equal(arrangement(state, { ...WISH, layout: "grid", pinned: "seat:gone" }).stage, null);
});

test("it lists people in the order they came, me last", () => {
  const state = inCall([seat("me", { joined_at: 1 }), seat("late", { joined_at: 9 }), seat("early", { joined_at: 2 })]);
  assert.deepEqual(
    arrangement(state, WISH).items.map((item) => item.seatId),
    ["early", "late", "me"],
  );
});

test("it keeps the first shared screen large when a second one comes, unless that is pinned", () => {
  const now = inCall([seat("me"), seat("a", { screen: true }), seat("b", { screen: true })]);
  assert.equal(arrangement(now, { ...WISH, last: "screen:a" }).stage, "screen:a");
  assert.equal(arrangement(now, { ...WISH, last: "screen:a", pinned: "screen:b" }).stage, "screen:b");
});
