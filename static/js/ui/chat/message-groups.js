/** Groups chat lines: those of one person within a few minutes, and those of one day. Pure. */

import { sameDay } from "./chat-words.js";

/** @import { ChatEntry } from "../../call/chat/log.js" */

/**
 * @typedef {Object} Row
 * @property {ChatEntry} entry
 * @property {Date} time - by this machine's clock
 * @property {boolean} follows - goes on where the line before left off
 * @property {boolean} opensDay - the first of its day, where there are several days or another one than today
 */

const GROUP_MS = 5 * 60 * 1000;

/**
 * @param {readonly ChatEntry[]} entries
 * @param {number} skew - the server's seconds minus mine
 * @param {Date} now
 * @returns {Row[]}
 */
export function messageRows(entries, skew, now) {
  const times = entries.map(({ sent_at }) => new Date((sent_at - skew) * 1000));
  const severalDays = times.some((time) => !sameDay(time, now));
  /** @type {Row | null} */
  let head = null;
  return entries.map((entry, index) => {
    const time = /** @type {Date} */ (times[index]);
    const before = times[index - 1];
    const newDay = before === undefined || !sameDay(before, time);
    const follows = head !== null && !newDay && together(head, entry, time);
    const row = { entry, time, follows, opensDay: severalDays && newDay };
    if (!follows) head = row;
    return row;
  });
}

/** @param {Row} head @param {ChatEntry} entry @param {Date} time */
function together({ entry: first, time: began }, entry, time) {
  const sameVoice = first.seat === entry.seat && first.nickname === entry.nickname && first.to === entry.to;
  return sameVoice && time.getTime() - began.getTime() < GROUP_MS;
}

// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners and selectors are meant one by one.
const ONLY_EMOJI = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200d\ufe0f\s]+$/u;
const AN_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const LONGEST = 40; // code units: about as many as fit into a line when they are large

/**
 * Whether to show it large.
 * @param {string} text
 */
export function isOnlyEmoji(text) {
  return text.length <= LONGEST && ONLY_EMOJI.test(text) && AN_EMOJI.test(text);
}
