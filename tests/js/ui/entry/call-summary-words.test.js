import assert from "node:assert/strict";
import { test } from "node:test";

import { connectionWords, lengthWords, personWords } from "../../../../static/js/ui/entry/call-summary-words.js";

/** @import { Summary } from "../../../../static/js/call/call-summary.js" */

/** @param {Partial<Summary>} change */
function summary(change) {
  return { seconds: 600, people: [], met: 600, troubled: 0, ...change };
}

test("the length of a call is given in words", () => {
  const told = [20, 60, 1_500, 3_900, 7_200].map((seconds) => lengthWords(summary({ seconds })));
  assert.deepEqual(told, ["Less than a minute", "1 minute", "25 minutes", "1 hour, 5 minutes", "2 hours"]);
});

test("the summary says no more of the connection than is known", () => {
  const told = [
    { met: 5 },
    {},
    { troubled: 2 },
    { troubled: 17.2 },
    { troubled: 59 },
    { troubled: 130 },
    { met: 100, troubled: 30 },
  ].map((change) => connectionWords(summary(change)));
  assert.deepEqual(told, [
    "",
    "Good",
    "Good",
    "Good, with trouble for about 20 seconds",
    "Good, with trouble for about 1 minute",
    "Good, with trouble for about 2 minutes",
    "In trouble for about 30 seconds",
  ]);
});

test("I am marked among the people", () => {
  assert.equal(personWords({ nickname: "Ada", self: true }), "Ada (you)");
  assert.equal(personWords({ nickname: "Grace", self: false }), "Grace");
});
