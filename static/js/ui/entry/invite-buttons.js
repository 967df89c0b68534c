/** The "Copy invite link" and "Share" buttons of the room's page. */

import { gettext } from "../../words.js";
import { copyText } from "../kit/clipboard.js";

const THANKS_MS = 2000;

/**
 * Wires every such button. "Share" stays hidden where the browser cannot share.
 * @param {ParentNode} root @param {{link: string, name: string}} config
 * @param {(words: string) => void} tell
 */
export function wireInviteButtons(root, config, tell) {
  for (const button of root.querySelectorAll("[data-copy-link]")) {
    button.addEventListener("click", () => void copy(button, config.link, tell));
  }
  for (const button of root.querySelectorAll("[data-share-link]")) {
    if (!(button instanceof HTMLElement) || typeof navigator.share !== "function") continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      // Rejects when the share sheet is closed, which is no error.
      void navigator.share({ title: config.name, url: config.link }).catch(() => undefined);
    });
  }
}

/** @param {Element} button @param {string} link @param {(words: string) => void} tell */
async function copy(button, link, tell) {
  const words = button.querySelector("span");
  if (!(await copyText(link))) return tell(gettext("The link could not be copied. It is {link}", { link }));
  tell(gettext("Invite link copied"));
  if (words === null || words.dataset.before !== undefined) return;
  words.dataset.before = words.textContent ?? "";
  words.textContent = gettext("Link copied");
  setTimeout(() => {
    words.textContent = words.dataset.before ?? "";
    delete words.dataset.before;
  }, THANKS_MS);
}
