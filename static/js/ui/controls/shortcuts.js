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
 * The shortcut that a key press means, or null. Pure.
 * @param {PressedKeys} keys @param {Place} place
 * @returns {Shortcut | null}
 */
export function shortcutOf(keys, { typing, onControl, single }) {
  if (typing || keys.altKey) return null;
  const key = keys.key.toLowerCase();
  if (keys.ctrlKey || keys.metaKey) {
    const chord = keys.ctrlKey !== keys.metaKey && !keys.shiftKey;
    return chord ? (WITH_MODIFIER[key] ?? null) : null;
  }
  if (!single) return null;
  if (key === "?") return "help"; // its key, and whether it needs Shift, differ by keyboard
  if (keys.shiftKey) return null;
  if (keys.code === "Space") return onControl ? null : "talk";
  return PLAIN[key] ?? null;
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
  document.addEventListener("keyup", ({ code, key }) => (code === "Space" || key === "Meta") && stopTalking());
  // The keyup goes elsewhere when the page loses the focus or is hidden.
  document.addEventListener("visibilitychange", stopTalking);
  for (const type of ["blur", "pagehide"]) page.addEventListener(type, stopTalking);
}
