// Keys of the call. Never while typing; Space is left to a button that has the focus.

/** @typedef {"mic"|"cam"|"hand"|"chat"|"people"|"fullscreen"|"help"|"talk"} Shortcut */
/** @typedef {{key: string, code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} Keys */

/** @type {Record<string, Shortcut>} */
const WITH_MODIFIER = { d: "mic", e: "cam" };
/** @type {Record<string, Shortcut>} */
const PLAIN = { m: "mic", v: "cam", r: "hand", c: "chat", p: "people", f: "fullscreen", "?": "help" };

/**
 * @param {Keys} keys @param {{typing: boolean, onControl: boolean}} focus
 * @returns {Shortcut|null}
 */
export function shortcutOf(keys, { typing, onControl }) {
  if (typing || keys.altKey) return null;
  const key = keys.key.toLowerCase();
  if (keys.ctrlKey || keys.metaKey) return keys.ctrlKey && keys.metaKey ? null : WITH_MODIFIER[key] ?? null;
  if (keys.code === "Space") return onControl ? null : "talk";
  return PLAIN[key] ?? null;
}

/** @param {Element|null} element */
function isTyping(element) {
  return element?.matches("input, textarea, select, [contenteditable]") ?? false;
}

/**
 * @typedef {Object} Keyboard
 * @property {(shortcut: Shortcut) => boolean} active
 * @property {(shortcut: Exclude<Shortcut, "talk">) => void} act
 * @property {(on: boolean) => void} talk
 */

/** @param {Keyboard} keyboard @param {Window} [page] the small window has keys of its own */
export function wireShortcuts({ active, act, talk }, page = window) {
  const { document } = page;
  let talking = false;
  const hush = () => {
    if (talking) talk(false);
    talking = false;
  };
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") !== null) return;
    const focus = document.activeElement;
    const onControl = focus?.closest("button, a, [role=button], [role=log]") != null;
    const shortcut = shortcutOf(event, { typing: isTyping(focus), onControl });
    if (shortcut === null || !active(shortcut)) return;
    event.preventDefault();
    if (event.repeat) return;
    if (shortcut !== "talk") return act(shortcut);
    talking = true;
    talk(true);
  });
  document.addEventListener("keyup", (event) => event.code === "Space" && hush());
  page.addEventListener("blur", hush);
}
