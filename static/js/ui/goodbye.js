// After the meeting: why it is over, and where to go from here.

import { part, setText } from "./dom.js";

/** @typedef {NonNullable<import("../call/store.js").CallState["bye"]>} Bye */

/** Coming back would be refused at once. */
const FINAL = new Set(["removed", "closed", "not_allowed", "no_such_room"]);

/** @type {Record<string, {title: string, words?: string}>} */
const WORDS = {
  left: { title: "You left the meeting", words: "See you soon." },
  removed: { title: "You were removed", words: "The host removed you from this meeting." },
  closed: { title: "The meeting is over", words: "The host closed this meeting." },
  taken: { title: "You are here elsewhere", words: "You joined this meeting from another tab or device." },
  gave_up: {
    title: "The connection was lost",
    words: "The server could not be reached for two minutes. Check your network, then rejoin.",
  },
  idle: { title: "Still there?" },
  no_such_room: { title: "No meeting here" },
  not_allowed: { title: "You cannot join" },
  protocol: { title: "This page is out of date", words: "Reload it to go on." },
};

/**
 * @param {HTMLElement} root @param {Bye} bye @param {() => void} rejoin
 */
export function showGoodbye(root, bye, rejoin) {
  const { title, words } = WORDS[bye.code] ?? { title: "The meeting ended for you" };
  const heading = part(root, "goodbye-title");
  setText(heading, title);
  setText(part(root, "goodbye-words"), words ?? bye.message);
  const button = part(root, "rejoin");
  button.hidden = FINAL.has(bye.code);
  button.addEventListener("click", rejoin, { once: true });
  heading.focus(); // the page changed as a whole: readers start at its heading
}
