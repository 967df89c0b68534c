import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState } from "../../../../static/js/call/state.js";
import { callNotices } from "../../../../static/js/ui/notices/call-notices.js";
import { seat as anySeat, inCall } from "../../fakes/seats.js";

/**
 * @import { CallState } from "../../../../static/js/call/state.js"
 * @import { Seat } from "../../../../static/js/protocol.js"
 */

/** @param {string} id @param {Partial<Seat>} [change] */
function seat(id, change) {
  return anySeat(id, { nickname: id.toUpperCase(), ...change });
}

/** @param {CallState} before @param {CallState} now */
function told(before, now) {
  return callNotices(before, now, 6).map((item) => item.words);
}

test("it tells who came, went, raised a hand and shares", () => {
  const before = inCall([seat("me"), seat("a"), seat("b")]);
  const now = inCall([seat("me"), seat("a", { hand: 5, screen: true }), seat("c")]);
  assert.deepEqual(told(before, now), ["C joined", "B left", "A raised a hand", "A is sharing a screen"]);
});

test("it announces when the spotlight is set, moved and ended", () => {
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
