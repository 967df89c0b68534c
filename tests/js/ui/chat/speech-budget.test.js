import assert from "node:assert/strict";
import { test } from "node:test";
import { SpeechBudget } from "../../../../static/js/ui/chat/speech-budget.js";

test("a conversation is read out, a flood is not, and after it a conversation is again", () => {
  const budget = new SpeechBudget();
  for (let second = 0; second < 60; second += 1) assert.equal(budget.allows(1, second * 1_000), true);
  const read = Array.from({ length: 450 }, (_, line) => budget.allows(1, 100_000 + (line * 1_000) / 45));
  assert.ok(read.filter(Boolean).length <= 25, `${read.filter(Boolean).length} of 450 in ten seconds`);
  assert.equal(budget.allows(1, 120_000), true);
});

test("the portions of an opened log are silent", () => {
  assert.equal(new SpeechBudget().allows(25, 5), false);
});
