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

/** A key by its place on a US keyboard and by what it types. @param {string} code @param {string} key @param {Partial<PressedKeys>} [more] */
const at = (code, key, more = {}) => shortcutOf(keys(key, { code, ...more }), FREE);

/** What the keys of D, E, M, V, R, C, P, F type. @type {Record<string, string>} */
const LAYOUTS = {
  Russian: "вуьмксза",
  Ukrainian: "вуьмксза",
  Greek: "δεμωρψπφ",
  Hebrew: "גקצהרבפכ",
  Arabic: "يثةرقؤحب",
  Persian: "یثئرقزحب",
  Thai: "กำทอพแยด",
  Hindi: "्ासनीमजि",
  Korean: "ㅇㄷㅡㅍㄱㅊㅔㄹ",
  Georgian: "დემვრცპფ",
  Armenian: "դեմվրցպֆ",
  Japanese: "しいもひすそせは",
};
const PLACES = ["D", "E", "M", "V", "R", "C", "P", "F"];
const ACTS = ["mic", "cam", "mic", "cam", "hand", "chat", "people", "fullscreen"];

test("they work on keyboards whose letters are not Latin", () => {
  for (const [name, letters] of Object.entries(LAYOUTS)) {
    const typed = Array.from(letters);
    assert.equal(typed.length, PLACES.length, name);
    const pressed = PLACES.map((place, index) => {
      const chord = index < 2 ? { ctrlKey: true } : {};
      return at(`Key${place}`, typed[index] ?? "", chord);
    });
    assert.deepEqual(pressed, ACTS, name);
  }
  assert.equal(at("KeyD", "В", { metaKey: true }), "mic", "with the capitals locked");
  assert.equal(at("KeyM", "ｍ"), "mic", "full width");
});

test("the letter decides where a layout moves letters", () => {
  assert.equal(at("KeyE", "d", { ctrlKey: true }), "mic", "on a layout with D at the place of E");
  assert.equal(at("KeyH", "d", { ctrlKey: true }), "mic", "Dvorak");
  assert.equal(at("KeyD", "e", { ctrlKey: true }), "cam", "Dvorak");
  assert.equal(at("Semicolon", "m"), "mic", "AZERTY");
  const none = [
    ["KeyM", ","], // AZERTY
    ["KeyE", "."], // Dvorak
    ["KeyV", "k"],
    ["KeyR", "è"],
    ["KeyP", "ş"],
    ["KeyC", "Dead"],
    ["KeyF", "Process"],
    ["KeyF", "Unidentified"],
    ["Semicolon", "ж"],
  ];
  for (const [code = "", key = ""] of none) assert.equal(at(code, key), null, key);
  assert.equal(at("KeyE", ".", { ctrlKey: true }), null);
});

test("the list of keys opens with the question mark of any script", () => {
  const marks = [
    ["Slash", "؟"],
    ["KeyQ", "\u037e"],
    ["Digit7", "?"],
    ["KeyM", "?"],
    ["Slash", "？"],
    ["Slash", "ฦ"],
    ["Minus", "՞"],
  ];
  for (const [code = "", key = ""] of marks) assert.equal(at(code, key, { shiftKey: true }), "help", key);
  assert.equal(at("Slash", "Z", { shiftKey: true }), null, "Dvorak");
  assert.equal(at("Slash", ",", { shiftKey: true }), null, "Russian");
  assert.equal(at("Slash", "ฝ"), null);
});

test("Space talks, whatever keyboard it comes from", () => {
  assert.equal(at("", " "), "talk");
  assert.equal(at("Space", "\u3000"), "talk");
  assert.equal(at("Space", "\u00a0"), "talk");
});
