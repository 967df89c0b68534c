/**
 * Maps key presses to the shortcuts of the call. Never while somebody types, chooses from a menu or answers a dialog;
 * Space is left to a button that has the focus.
 */

/** @typedef {"mic" | "cam" | "hand" | "chat" | "people" | "fullscreen" | "help" | "talk"} Shortcut */
/** @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} PressedKeys */

/** @type {Record<string, Shortcut>} */
const WITH_MODIFIER = { d: "mic", e: "cam" };
/** @type {Record<string, Shortcut>} */
const PLAIN = { m: "mic", v: "cam", r: "hand", c: "chat", p: "people", f: "fullscreen" };

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=log]";
const ASKING = "dialog[open], [role=menu]:not([hidden]), .tile-menu:not([hidden])";

/**
 * @typedef {Object} Place - where the key was pressed
 * @property {boolean} typing
 * @property {boolean} onControl - on something that Space presses or scrolls
 * @property {boolean} single - keys without Ctrl or ⌘ are wanted
 */

/**
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
  if (key === "?") return "help"; // where it lies, and with Shift or without, differs by keyboard
  if (keys.shiftKey) return null;
  if (keys.code === "Space") return onControl ? null : "talk";
  return PLAIN[key] ?? null;
}

/** @param {KeyboardEvent} event @param {Document} document @param {boolean} single */
function pressed(event, document, single) {
  // Part of a word in a writing system that needs several keys for one letter, or a letter on the third level of a key.
  const composing = event.isComposing || event.keyCode === 229 || event.getModifierState("AltGraph");
  if (composing || event.defaultPrevented || document.querySelector(ASKING) !== null) return null;
  const focus = document.activeElement;
  const onControl = focus?.closest(PRESSED_BY_SPACE) != null;
  return shortcutOf(event, { typing: focus?.matches(TYPING) ?? false, onControl, single });
}

/**
 * @typedef {Object} Keyboard
 * @property {(shortcut: Shortcut) => boolean} active
 * @property {(shortcut: Exclude<Shortcut, "talk">) => void} act
 * @property {(on: boolean) => void} talk
 * @property {() => boolean} single - keys without Ctrl or ⌘ are wanted
 */

/** @param {Keyboard} keyboard @param {Window} [page] - the small window has keys of its own */
export function wireShortcuts({ active, act, talk, single }, page = window) {
  const { document } = page;
  let talking = false;
  const hush = () => {
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
  // While ⌘ is held, a Mac does not tell that another key is let go: the microphone would stay open.
  document.addEventListener("keyup", ({ code, key }) => (code === "Space" || key === "Meta") && hush());
  // Whoever looks elsewhere lets the key go there.
  document.addEventListener("visibilitychange", hush);
  for (const type of ["blur", "pagehide"]) page.addEventListener(type, hush);
}
