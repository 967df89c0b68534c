import assert from "node:assert/strict";
import { test } from "node:test";
import { raisedHands } from "../../../../static/js/call/selectors.js";
import { initialState } from "../../../../static/js/call/state.js";
import { callNotices } from "../../../../static/js/ui/notices/call-notices.js";
import { arrangement } from "../../../../static/js/ui/stage/arrangement.js";

/**
 * @import { CallState } from "../../../../static/js/call/state.js"
 * @import { Seat } from "../../../../static/js/protocol.js"
 */

/** @param {string} id @param {Partial<Seat>} [more] @returns {Seat} */
function seat(id, more = {}) {
  const plain = {
    nickname: id.toUpperCase(),
    role: /** @type {const} */ ("member"),
    guest: true,
    mic: true,
    cam: true,
  };
  const rest = { screen: false, hand: null, spotlight: false, joined_at: 100, away: false, epoch: 1, rev: 1 };
  return { id, ...plain, ...rest, ...more };
}

/** @param {Seat[]} seats @param {Partial<CallState>} [more] @returns {CallState} */
function inCall(seats, more = {}) {
  const byId = Object.fromEntries(seats.map((one) => [one.id, one]));
  return { ...initialState(), phase: "in", me: "me", seats: byId, ...more };
}

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

/** @param {CallState} before @param {CallState} now */
function told(before, now) {
  return callNotices(before, now, 6).map((item) => item.words);
}

test("it tells who came, went, raised a hand and shares", () => {
  const before = inCall([seat("me"), seat("a"), seat("b")]);
  const now = inCall([seat("me"), seat("a", { hand: 5, screen: true }), seat("c")]);
  assert.deepEqual(told(before, now), ["C joined", "B left", "A raised a hand", "A is sharing a screen"]);
});

test("it tells of the spotlight when it comes, moves and goes", () => {
  const dark = inCall([seat("me"), seat("a"), seat("b")]);
  const onA = inCall([seat("me"), seat("a", { spotlight: true }), seat("b")]);
  const onMe = inCall([seat("me", { spotlight: true }), seat("a"), seat("b")]);
  assert.deepEqual(told(dark, onA), ["A is in the spotlight"]);
  assert.deepEqual(told(onA, onMe), ["You are in the spotlight: everybody sees you large"]);
  assert.deepEqual(told(onMe, dark), ["The spotlight is off"]);
});

test("it tells whoever comes in what is going on", () => {
  const now = inCall([seat("me"), seat("a", { screen: true }), seat("b", { spotlight: true })]);
  assert.deepEqual(told({ ...now, phase: "joining" }, now), ["A is sharing a screen", "B is in the spotlight"]);
});

test("it says that there is a choice when a second screen is shared", () => {
  const before = inCall([seat("me"), seat("a", { screen: true }), seat("b")]);
  const now = inCall([seat("me"), seat("a", { screen: true }), seat("b", { screen: true })]);
  assert.deepEqual(told(before, now), ["B is sharing a screen too. Choose it to see it large"]);
  assert.equal(arrangement(now, { ...WISH, last: "screen:a" }).stage, "screen:a");
  assert.equal(arrangement(now, { ...WISH, last: "screen:a", pinned: "screen:b" }).stage, "screen:b");
});

test("it tells me that everybody sees my screen, and that it is over", () => {
  const before = inCall([seat("me"), seat("a")]);
  const sharing = { ...before, local: { ...before.local, screen: true } };
  assert.deepEqual(told(before, sharing), ["Everybody sees your screen"]);
  assert.deepEqual(told(sharing, before), ["You stopped sharing"]);
});

test("it tells nothing of those who were here before me, nor of myself", () => {
  assert.deepEqual(told(initialState(), inCall([seat("me"), seat("a")])), []);
  assert.deepEqual(told(inCall([seat("me")]), inCall([seat("me", { hand: 3 })])), []);
});

test("it says when cameras pause and when they are back", () => {
  const six = ["me", "a", "b", "c", "d", "e"].map((id) => seat(id));
  const more = told(inCall(six), inCall([...six, seat("f")]));
  assert.match(more.at(-1) ?? "", /More than 6 people/);
  assert.deepEqual(told(inCall([...six, seat("f")]), inCall(six)), ["F left", "Cameras are back"]);
});

test("it lists raised hands first come first, mine by my own switch", () => {
  const state = inCall([seat("me", { hand: 2 }), seat("a", { hand: 3 }), seat("b", { hand: 1 })]);
  assert.deepEqual(
    raisedHands(state).map((one) => one.id),
    ["b", "a"],
  );
  const raised = { ...state, local: { mic: true, cam: true, screen: false, hand: true } };
  assert.deepEqual(
    raisedHands(raised).map((one) => one.id),
    ["b", "me", "a"],
  );
});
