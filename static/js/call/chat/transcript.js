/**
 * Renders the chat as plain text for download: all public lines, and the private lines that I sent or received.
 */

import { gettext } from "../../words.js";

/** @import { ChatEntry } from "./log.js" */

/**
 * One paragraph per line of chat: "[2026-11-28 14:05] Ada: …".
 * @param {string} title
 * @param {readonly ChatEntry[]} chat
 * @param {number} skew - the server's seconds minus mine
 */
export function transcript(title, chat, skew) {
  const sent = chat.filter(({ status }) => status === "sent");
  const lines = sent.map((entry) => {
    // Later lines of a message are indented; otherwise a message could imitate a line of another person.
    const text = entry.text.replace(/\r\n?|\n|\u2028|\u2029/g, "\n    ");
    return `[${timestamp(new Date((entry.sent_at - skew) * 1000))}] ${senderWords(entry)}: ${text}`;
  });
  return `${title}\n\n${lines.join("\n")}\n`;
}

/** @param {ChatEntry} entry */
function senderWords({ nickname, to, to_nickname }) {
  if (to === null) return nickname;
  if (to_nickname === null) return gettext("{name}, only to one person", { name: nickname });
  return gettext("{name}, only to {other}", { name: nickname, other: to_nickname });
}

/** The file name of a transcript. @param {string} title @param {Date} now */
export function transcriptName(title, now) {
  const plain = title.replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${[plain, gettext("chat"), timestamp(now).slice(0, 10)].filter(Boolean).join("-")}.txt`;
}

/** @param {Date} time */
function timestamp(time) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
