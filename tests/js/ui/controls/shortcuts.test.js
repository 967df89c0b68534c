import assert from "node:assert/strict";
import { test } from "node:test";

import { shortcutOf } from "../../../../static/js/ui/controls/shortcuts.js";

/** @import { PressedKeys } from "../../../../static/js/ui/controls/shortcuts.js" */

const FREE = { typing: false, onControl: false, single: true };
const SPACE = { code: "Space" };

/** @param {string} key @param {Partial<PressedKeys>} [more] */
function keys(key, more = {}) {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

test("it knows both families of shortcuts", () => {
  assert.equal(shortcutOf(keys("d", { ctrlKey: true }), FREE), "mic");
  assert.equal(shortcutOf(keys("e", { metaKey: true }), FREE), "cam");
  assert.equal(shortcutOf(keys("M"), FREE), "mic", "with the capitals locked");
  assert.equal(shortcutOf(keys("?", { shiftKey: true }), FREE), "help");
  assert.equal(shortcutOf(keys("f"), FREE), "fullscreen");
  assert.equal(shortcutOf(keys(" ", SPACE), FREE), "talk");
});

test("it leaves typing alone", () => {
  assert.equal(shortcutOf(keys("m"), { ...FREE, typing: true }), null);
  assert.equal(shortcutOf(keys("d", { ctrlKey: true }), { ...FREE, typing: true }), null);
  assert.equal(shortcutOf(keys(" ", SPACE), { ...FREE, typing: true }), null);
});

test("it leaves other chords to the browser", () => {
  assert.equal(shortcutOf(keys("c", { ctrlKey: true }), FREE), null);
  assert.equal(shortcutOf(keys("D", { ctrlKey: true, shiftKey: true }), FREE), null);
  assert.equal(shortcutOf(keys("d", { ctrlKey: true, metaKey: true }), FREE), null);
  assert.equal(shortcutOf(keys("m", { altKey: true }), FREE), null);
  assert.equal(shortcutOf(keys("C", { shiftKey: true }), FREE), null);
});

test("Space presses a button that has the focus and does not talk", () => {
  assert.equal(shortcutOf(keys(" ", SPACE), { ...FREE, onControl: true }), null);
  assert.equal(shortcutOf(keys("m"), { ...FREE, onControl: true }), "mic");
});

test("single keys can be switched off, those with Ctrl stay", () => {
  const off = { ...FREE, single: false };
  for (const key of ["m", "v", "r", "c", "p", "f", "?"]) assert.equal(shortcutOf(keys(key), off), null);
  assert.equal(shortcutOf(keys(" ", SPACE), off), null);
  assert.equal(shortcutOf(keys("d", { ctrlKey: true }), off), "mic");
});
