import assert from "node:assert/strict";
import { test } from "node:test";

import { graphemes, shortened, showsNothing } from "../../static/js/visible-text.js";

const UNSEEN = [
  "",
  " ",
  "\u3164",
  "\uffa0",
  "\u115f",
  "\u2800",
  "\ufe0f",
  "\u034f",
  "\u180e",
  "\u200d",
  "\u202e",
  "\u{e0061}",
  "\u0301",
];

test("it knows a text of which nobody sees anything", () => {
  for (const unseen of UNSEEN) {
    assert.ok(showsNothing(unseen), JSON.stringify(unseen));
    assert.ok(!showsNothing(`${unseen}a`));
  }
  for (const seen of ["a", "1", ".", "❤️", "👩‍💻", "र्", "李", "\u{1fae9}", "\uf8ff"])
    assert.ok(!showsNothing(seen), seen);
});

test("it takes a text apart into what is drawn, with and without the browser's segmenter", () => {
  const parts = [
    "e\u0301",
    "a",
    "👩🏽‍💻",
    "❤️‍🔥",
    "🇩🇪",
    "🇫🇷",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "1️⃣",
    "ि".padStart(2, "क"),
    "น้ำ".slice(0, 2),
    "李",
  ];
  assert.deepEqual([...graphemes(parts.join(""))], parts);
  assert.deepEqual([...graphemes(parts.join(""), null)], parts);
  assert.deepEqual([...graphemes("", null)], []);
});

test("a text is cut between what is drawn", () => {
  assert.equal(shortened("👩‍💻".repeat(3), 3), "👩‍💻".repeat(3));
  assert.equal(shortened("👩‍💻".repeat(4), 3), `${"👩‍💻".repeat(3)}…`);
});
