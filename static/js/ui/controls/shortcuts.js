/**
 * Maps key presses to the shortcuts of the call. There are none while typing, or while a menu or dialog is open; Space
 * belongs to a focused button.
 */

/** @typedef {"mic" | "cam" | "hand" | "chat" | "people" | "fullscreen" | "help" | "talk"} Shortcut */
/** @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} PressedKeys */

/** @type {Record<string, Shortcut>} */
const WITH_MODIFIER = { d: "mic", e: "cam" };
/** @type {Record<string, Shortcut>} */
const PLAIN = { m: "mic", v: "cam", r: "hand", c: "chat", p: "people", f: "fullscreen" };

// Of any script: question marks of Greek, Armenian, Arabic, Ethiopic and of East Asian width.
const QUESTION = /^[?\u037e\u055e\u061f\u1367\uff1f]$/u;
const OTHER_SCRIPT = /^(?!\p{Script=Latin})[\p{L}\p{M}]/u;
const LETTER_KEY = /^Key([A-Z])$/;

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=log]";
const OPEN_OVERLAY = "dialog[open], [role=menu]:not([hidden]), .tile-menu:not([hidden])";

/**
 * @typedef {Object} Place - where the key was pressed
 * @property {boolean} typing
 * @property {boolean} onControl - on something that Space presses or scrolls
 * @property {boolean} single - shortcuts without Ctrl or ⌘ are on
 */

/**
 * The Latin letter of a key. On a layout with Latin letters that is the one it types, wherever the layout has it
 * (Dvorak, AZERTY). A key that types a letter of another script stands for the letter at its place on a US keyboard,
 * which is printed on it beside the other. A key that types neither, such as AZERTY's comma at the place of M, has none.
 * @param {Pick<KeyboardEvent, "key" | "code">} keys
 */
function latinLetter({ key, code }) {
  const typed = key.normalize("NFKC").toLowerCase(); // an input method may type letters of full width
  return OTHER_SCRIPT.test(typed) ? (LETTER_KEY.exec(code)?.[1]?.toLowerCase() ?? typed) : typed;
}

/**
 * Whether a key types a question mark, or would on a US keyboard, if it types a letter of another script.
 * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} keys
 */
function isQuestion({ key, code, shiftKey }) {
  return QUESTION.test(key) || (shiftKey && code === "Slash" && OTHER_SCRIPT.test(key));
}

/** Keyboards on screens send no code. @param {Pick<KeyboardEvent, "key" | "code">} keys */
const isSpace = ({ key, code }) => code === "Space" || key === " ";

/**
 * The shortcut that a key press means, or null. Pure.
 * @param {PressedKeys} keys @param {Place} place
 * @returns {Shortcut | null}
 */
export function shortcutOf(keys, { typing, onControl, single }) {
  if (typing || keys.altKey) return null;
  const letter = latinLetter(keys);
  if (keys.ctrlKey || keys.metaKey) {
    const chord = keys.ctrlKey !== keys.metaKey && !keys.shiftKey;
    return chord ? (WITH_MODIFIER[letter] ?? null) : null;
  }
  if (!single) return null;
  if (isQuestion(keys)) return "help"; // its key, and whether it needs Shift, differ by keyboard
  if (keys.shiftKey) return null;
  if (isSpace(keys)) return onControl ? null : "talk";
  return PLAIN[letter] ?? null;
}

/** @param {KeyboardEvent} event @param {Document} document @param {boolean} single */
function pressed(event, document, single) {
  // An input method is composing (keyCode 229), or AltGr selects the third level of a key.
  const composing = event.isComposing || event.keyCode === 229 || event.getModifierState("AltGraph");
  if (composing || event.defaultPrevented || document.querySelector(OPEN_OVERLAY) !== null) return null;
  const focus = document.activeElement;
  const onControl = focus?.closest(PRESSED_BY_SPACE) != null;
  return shortcutOf(event, { typing: focus?.matches(TYPING) ?? false, onControl, single });
}

/**
 * @typedef {Object} Keyboard
 * @property {(shortcut: Shortcut) => boolean} active - whether a shortcut works in the present phase and window
 * @property {(shortcut: Exclude<Shortcut, "talk">) => void} act
 * @property {(on: boolean) => void} talk - push-to-talk: Space went down or up
 * @property {() => boolean} single - shortcuts without Ctrl or ⌘ are on
 */

/**
 * Listens for shortcuts in one window.
 * @param {Keyboard} keyboard @param {Window} [page] - the picture-in-picture window has its own listeners
 */
export function wireShortcuts({ active, act, talk, single }, page = window) {
  const { document } = page;
  let talking = false;
  const stopTalking = () => {
    if (talking) talk(false);
    talking = false;
  };
  document.addEventListener("keydown", (event) => {
    const shortcut = pressed(event, document, single());
    if (shortcut === null || !active(shortcut)) return;
    event.preventDefault();
    if (event.repeat) return;
    if (shortcut !== "talk") return act(shortcut);
    talking = true;
    talk(true);
  });
  // macOS sends no keyup for other keys while ⌘ is held: the microphone would stay on.
  document.addEventListener("keyup", (event) => (isSpace(event) || event.key === "Meta") && stopTalking());
  // The keyup goes elsewhere when the page loses the focus or is hidden.
  document.addEventListener("visibilitychange", stopTalking);
  for (const type of ["blur", "pagehide"]) page.addEventListener(type, stopTalking);
}
