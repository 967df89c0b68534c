/** The "Copy link" and "Share" buttons of lists and forms, each with the link in its own data attributes. */

import { gettext } from "../../words.js";
import { copyText } from "../kit/clipboard.js";
import { setText } from "../kit/dom.js";

const THANKS_MS = 2_000;

/**
 * Wires every such button. "Share" stays hidden where the browser cannot share.
 * @param {ParentNode} root
 * @param {(words: string) => void} tell
 */
export function wireLinkButtons(root, tell) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => void copy(button, tell));
  }
  if (typeof navigator.share !== "function") return;
  for (const button of root.querySelectorAll("[data-share]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      // Rejects when the share sheet is closed, which is no error.
      void navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => undefined);
    });
  }
}

/** @param {Element} button @param {(words: string) => void} tell */
async function copy(button, tell) {
  const link = button.getAttribute("data-copy") ?? "";
  const words = button.querySelector("[data-copy-words]");
  if (!(await copyText(link))) {
    window.prompt(gettext("Copy this link:"), link); // it can be copied from the prompt
    return;
  }
  tell(gettext("Link copied"));
  const thanks = gettext("Copied");
  if (words === null || words.textContent === thanks) return;
  const before = words.textContent ?? "";
  setText(words, thanks);
  setTimeout(() => setText(words, before), THANKS_MS);
}
