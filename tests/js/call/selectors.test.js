import assert from "node:assert/strict";
import { test } from "node:test";
import { isLimited, raisedHands } from "../../../static/js/call/selectors.js";
import { inCall, seat } from "../fakes/seats.js";

test("raised hands are listed in their order, mine by my own switch", () => {
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

test("a seat is limited while the state says so", () => {
  const state = { ...inCall([seat("me"), seat("a"), seat("b")]), limited: { a: /** @type {const} */ (true) } };
  assert.deepEqual([isLimited(state, "a"), isLimited(state, "b")], [true, false]);
});
