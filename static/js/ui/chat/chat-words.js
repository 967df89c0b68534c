/** Texts of the chat other than the messages. Pure. */

import { formatDay } from "../../formats.js";
import { shortened } from "../../visible-text.js";
import { gettext, ngettext } from "../../words.js";
import { errorWords } from "../kit/problem-words.js";

/** @import { ChatEntry } from "../../call/chat/log.js" */

const PREVIEW = 80; // graphemes of a message shown in a toast

/**
 * The heading over the messages of a day.
 * @param {Date} day @param {Date} now
 */
export function dayWords(day, now) {
  if (sameDay(day, now)) return gettext("Today");
  if (sameDay(day, daysFrom(now, -1))) return gettext("Yesterday");
  return formatDay(day);
}

/**
 * How long the headings over the days stay right: until the next local midnight, in milliseconds.
 * @param {Date} now
 */
export const untilTomorrow = (now) => daysFrom(now, 1).getTime() - now.getTime();

/** The beginning of a local day. Days have 23 to 25 hours where clocks change. @param {Date} now @param {number} days */
const daysFrom = (now, days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);

/**
 * Whether two moments are on the same local day.
 * @param {Date} a @param {Date} b
 */
export function sameDay(a, b) {
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}

/**
 * The note on how long messages are kept; empty when unknown.
 * @param {number | undefined} days - 0: until everybody has left; undefined: sent by a server of an earlier version
 */
export function keepingWords(days) {
  if (days === undefined) return "";
  if (days === 0) return gettext("Messages are deleted when everybody has left.");
  return ngettext(
    "Messages stay with this room for {count} day, for whoever comes later.",
    "Messages stay with this room for {count} days, for whoever comes later.",
    days,
  );
}

/**
 * The recipient of a private message; empty for a public one.
 * @param {ChatEntry} entry @param {boolean} mine
 */
export function privateWords(entry, mine) {
  if (entry.to === null) return "";
  if (!mine) return gettext("only to you");
  if (entry.to_nickname === null) return gettext("only to one person");
  return gettext("only to {name}", { name: entry.to_nickname });
}

/**
 * The announcement that a message was refused.
 * @param {ChatEntry} entry
 */
export const failureWords = ({ problem }) =>
  gettext("Your message was not sent. {reason}", { reason: reasonWords(problem) });

/**
 * The delivery state of a message that the server has not confirmed.
 * @param {ChatEntry} entry @param {boolean} online
 */
export function stateWords({ status, problem }, online) {
  if (status === "failed") return gettext("Not sent. {reason}", { reason: reasonWords(problem) });
  return online ? gettext("Sending…") : gettext("Not sent yet. It is sent when the connection is back.");
}

/** @param {ChatEntry["problem"]} problem */
const reasonWords = (problem) => (problem ? errorWords(problem) : "");

/**
 * The number of new messages.
 * @param {number} count
 */
export const newWords = (count) => ngettext("{count} new message", "{count} new messages", count);

/**
 * The toast for messages that arrive while the chat is closed. The text of a private one is left out: the screen may be
 * shared.
 * @param {readonly ChatEntry[]} entries @param {number} [count] - in all, if these are only the latest
 */
export function arrivalWords(entries, count = entries.length) {
  const [entry] = entries;
  if (!entry || count > 1) return newWords(count);
  return entry.to === null
    ? `${entry.nickname}: ${shortened(entry.text.replace(/\s+/g, " "), PREVIEW)}`
    : gettext("{name} wrote to you privately", { name: entry.nickname });
}
