/** Toggles full screen. */

import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

/** @param {HTMLElement} root - of the menu that has the button */
export function wireFullscreen(root) {
  const button = find(root, '[data-more="fullscreen"]', HTMLElement);
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", toggleFullscreen);
  document.addEventListener("fullscreenchange", () => {
    const words = document.fullscreenElement === null ? gettext("Full screen") : gettext("Leave full screen");
    setText(part(root, "fullscreen-words"), words);
  });
}

export function toggleFullscreen() {
  const change =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  change.catch(() => undefined); // refused by the browser: the page simply stays as it is
}
