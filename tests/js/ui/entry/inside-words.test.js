import assert from "node:assert/strict";
import { test } from "node:test";
import { insideWords } from "../../../../static/js/ui/entry/inside-words.js";

const ROOM = { slug: "abc", name: "", capacity: 2, chat_days: 0, rev: 1 };
const FULL = { room: ROOM, peek: { nicknames: ["Ada", "Grace"], inside: 2 } };

test("a full meeting is full to everybody but its owner, who can come in", () => {
  assert.equal(insideWords(FULL, false), "This meeting is full (2 people)");
  assert.equal(insideWords(FULL, true), "Ada and Grace are inside");
});
