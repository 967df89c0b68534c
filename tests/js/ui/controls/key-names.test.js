import assert from "node:assert/strict";
import { test } from "node:test";

import { keyboardLayout, keyName } from "../../../../static/js/ui/controls/key-names.js";

const RUSSIAN = new Map([
  ["KeyM", "ь"],
  ["KeyD", "в"],
  ["Slash", "."],
]);
const DVORAK = new Map([
  ["KeyM", "m"],
  ["KeyD", "e"],
  ["KeyH", "d"],
]);
const AZERTY = new Map([
  ["KeyM", ","],
  ["Semicolon", "m"],
]);

test("a key has the name that is printed on it", () => {
  assert.equal(keyName("M", null), "M");
  assert.equal(keyName("M", RUSSIAN), "M · Ь");
  assert.equal(keyName("D", DVORAK), "D");
  assert.equal(keyName("M", AZERTY), "M");
  assert.equal(keyName("R", RUSSIAN), "R", "a key that is not known");
});

test("a browser that does not tell its layout is asked in vain", async () => {
  const browser = (/** @type {any} */ keyboard) => /** @type {any} */ ({ keyboard });
  assert.equal(await keyboardLayout(browser(undefined)), null);
  assert.equal(await keyboardLayout(browser({ getLayoutMap: () => Promise.reject(new Error("not here")) })), null);
  assert.deepEqual(await keyboardLayout(browser({ getLayoutMap: () => Promise.resolve(RUSSIAN) })), RUSSIAN);
});
