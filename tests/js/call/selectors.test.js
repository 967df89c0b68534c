import assert from "node:assert/strict";
import { test } from "node:test";
import { raisedHands } from "../../../static/js/call/selectors.js";
import { inCall, seat } from "../fakes/seats.js";

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
