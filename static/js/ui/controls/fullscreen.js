/** The full screen mode of the page. */

import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

/**
 * Wires the menu item that toggles full screen and hides it where the browser has no full screen (iPhone).
 * @param {HTMLElement} root - of the menu
 */
export function wireFullscreen(root) {
  const button = find(root, '[data-more="fullscreen"]', HTMLElement);
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", toggleFullscreen);
  document.addEventListener("fullscreenchange", () => {
    const words = document.fullscreenElement === null ? gettext("Full screen") : gettext("Leave full screen");
    setText(part(root, "fullscreen-words"), words);
  });
}

/** Enters or leaves full screen. */
export function toggleFullscreen() {
  const change =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  change.catch(() => undefined); // refused by the browser: the page stays as it is
}
