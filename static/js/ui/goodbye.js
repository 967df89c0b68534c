// After the meeting: why it is over, and where to go from here.

import { part, setText } from "./dom.js";
import { byeWords } from "./problem-words.js";

/** @typedef {NonNullable<import("../call/store.js").CallState["bye"]>} Bye */

/** Coming back would be refused at once. */
const FINAL = new Set(["removed", "closed", "not_allowed", "no_such_room"]);

/**
 * @param {HTMLElement} root @param {Bye} bye @param {() => void} rejoin
 */
export function showGoodbye(root, bye, rejoin) {
  const { title, words } = byeWords(bye);
  const heading = part(root, "goodbye-title");
  setText(heading, title);
  setText(part(root, "goodbye-words"), words);
  const button = part(root, "rejoin");
  button.hidden = FINAL.has(bye.code);
  button.addEventListener("click", rejoin, { once: true });
  heading.focus(); // the page changed as a whole: readers start at its heading
}
