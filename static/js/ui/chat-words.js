// What the chat says besides what people write, and how it writes times: by the reader's own locale.

/** @typedef {import("../call/store.js").ChatEntry} ChatEntry */
/** @typedef {import("../call/store.js").CallState} CallState */

const PREVIEW = 80; // code points of a message shown in a toast
const DAY_MS = 24 * 3600 * 1000;

// One formatter for all: making one costs more than using it a hundred times.
const SHORT_TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const FULL_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** @param {Date} time */
export const timeWords = (time) => SHORT_TIME.format(time);

/** @param {Date} time */
export const fullTimeWords = (time) => FULL_TIME.format(time);

/** @param {Date} day @param {Date} now */
export function dayWords(day, now) {
  if (sameDay(day, now)) return "Today";
  if (sameDay(day, new Date(now.getTime() - DAY_MS))) return "Yesterday";
  return DAY.format(day);
}

/** @param {Date} a @param {Date} b */
export function sameDay(a, b) {
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}

/**
 * What becomes of the messages.
 * @param {number | undefined} days   unknown to a server of the version before
 */
export function keepingWords(days) {
  if (days === undefined) return "";
  if (days === 0) return "Messages are deleted when everybody has left.";
  const time = days === 1 ? "1 day" : `${days} days`;
  return `Messages stay with this room for ${time}, for whoever comes later.`;
}

/**
 * Whose eyes a private line is for.
 * @param {ChatEntry} entry @param {boolean} mine
 */
export function privateWords(entry, mine) {
  if (entry.to === null) return "";
  return mine ? `only to ${entry.to_nickname ?? "one person"}` : "only to you";
}

/** @param {ChatEntry} entry */
export const failureWords = ({ problem }) => `Your message was not sent. ${problem ?? ""}`;

/** @param {ChatEntry} entry @param {boolean} online */
export function stateWords({ status, problem }, online) {
  if (status === "failed") return `Not sent. ${problem ?? ""}`;
  return online ? "Sending…" : "Not sent yet. It is sent when the connection is back.";
}

/** @param {number} count */
export const newWords = (count) => (count === 1 ? "1 new message" : `${count} new messages`);

/**
 * What is told of lines that arrive while the chat is closed. What is private stays out of a shared screen.
 * @param {readonly ChatEntry[]} entries
 */
export function arrivalWords(entries) {
  const [entry] = entries;
  if (!entry || entries.length > 1) return newWords(entries.length);
  return entry.to === null ? `${entry.nickname}: ${shortened(entry.text)}` : `${entry.nickname} wrote to you privately`;
}

/** @param {string} text */
function shortened(text) {
  const all = Array.from(text.replace(/\s+/g, " "));
  return all.length > PREVIEW ? `${all.slice(0, PREVIEW).join("")}…` : all.join("");
}
