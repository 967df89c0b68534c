/** Renders the page after the meeting: the reason, the summary, "Rejoin" and the chat download. */

import { ngettext } from "../../words.js";
import { part, piece, setText } from "../kit/dom.js";
import { byeWords } from "../kit/problem-words.js";
import { connectionWords, lengthWords, personWords } from "./call-summary-words.js";

/**
 * @import { Summary } from "../../call/call-summary.js"
 * @import { CallState } from "../../call/state.js"
 */

const PEOPLE_SHOWN = 50; // a participant may rejoin under any number of names
/** Bye codes after which a rejoin would be refused. */
const FINAL = new Set(["removed", "closed", "not_allowed", "no_such_room"]);

/**
 * Shows the goodbye page and focuses its heading.
 * @param {HTMLElement} root
 * @param {{state: CallState, summary: Summary | null, rejoin: () => void, download: () => void}} after
 */
export function showGoodbye(root, { state, summary, rejoin, download }) {
  const bye = state.bye ?? { code: "left" };
  const { title, words } = byeWords(bye);
  const heading = part(root, "goodbye-title");
  setText(heading, title);
  setText(part(root, "goodbye-words"), words);
  showSummary(part(root, "receipt"), summary);
  const button = part(root, "rejoin");
  button.hidden = FINAL.has(bye.code);
  button.addEventListener("click", rejoin, { once: true });
  const save = part(root, "goodbye-chat");
  save.hidden = !state.chat.some(({ status }) => status === "sent");
  save.addEventListener("click", download);
  heading.focus(); // the whole page changed: screen readers start at its heading
}

/** @param {HTMLElement} home @param {Summary | null} summary */
function showSummary(home, summary) {
  home.hidden = summary === null;
  if (summary === null) return;
  setText(part(home, "receipt-length"), lengthWords(summary));
  const more = summary.people.length - PEOPLE_SHOWN;
  const names = summary.people.slice(0, PEOPLE_SHOWN).map(personWords);
  if (more > 0) names.push(ngettext("{count} more", "{count} more", more));
  const people = names.map((name) => {
    const item = piece("receipt-person");
    item.textContent = name;
    return item;
  });
  part(home, "receipt-people").replaceChildren(...people);
  const connection = connectionWords(summary);
  setText(part(home, "receipt-connection"), connection);
  part(home, "receipt-connection-row").hidden = connection === "";
}
