import assert from "node:assert/strict";
import { test } from "node:test";

import { BYE_CODES, ERROR_CODES, LIMITS } from "../../../../static/js/protocol.js";
import { byeWords, errorWords } from "../../../../static/js/ui/kit/problem-words.js";

const SENTENCE = /^\p{Lu}.*[.?]$/u;
const THEIRS = "What the server says.";

test("every refusal of the server is a sentence of the page's own", () => {
  for (const code of ERROR_CODES) {
    const words = errorWords({ code, message: THEIRS });
    assert.match(words, SENTENCE);
    assert.notEqual(words, THEIRS);
  }
});

test("every goodbye of the server has a title and a sentence of the page's own", () => {
  for (const code of [...BYE_CODES, "gave_up"]) {
    const { title, words } = byeWords({ code, message: THEIRS });
    assert.ok(title !== "" && !title.endsWith("."));
    assert.match(words, SENTENCE);
    assert.notEqual(words, THEIRS);
  }
});

test("what is not known here is said in the words of the server", () => {
  assert.equal(errorWords({ code: "brand_new", message: THEIRS }), THEIRS);
  assert.equal(byeWords({ code: "brand_new", message: THEIRS }).words, THEIRS);
  assert.equal(errorWords({ code: "constructor" }), "");
});

test("who may not come back is told why", () => {
  assert.equal(byeWords({ code: "nickname_taken" }).words, errorWords({ code: "nickname_taken" }));
});

test("the figures in a sentence are those of the room and of the protocol", () => {
  assert.equal(errorWords({ code: "room_full" }, 6), "This meeting is full (6 people).");
  assert.equal(errorWords({ code: "room_full" }), "This meeting is full.");
  assert.ok(errorWords({ code: "nickname_invalid" }).includes(String(LIMITS.NICKNAME_MAX)));
});
