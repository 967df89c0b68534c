/** Groups chat messages by sender and by day. Pure. */

import { sameDay } from "./chat-words.js";

/** @import { ChatEntry } from "../../call/chat/log.js" */

/**
 * @typedef {Object} Row
 * @property {ChatEntry} entry
 * @property {Date} time - by this machine's clock
 * @property {boolean} follows - continues the group of the message before: same sender, no name shown
 * @property {boolean} opensDay - has a day heading: the first message of its day, unless all are of today
 */

const GROUP_MS = 5 * 60 * 1000;

/**
 * The rows of the log. A group holds messages of one sender to the same recipient within five minutes of its first.
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
    const follows = head !== null && !newDay && sameGroup(head, entry, time);
    const row = { entry, time, follows, opensDay: severalDays && newDay };
    if (!follows) head = row;
    return row;
  });
}

/** @param {Row} head @param {ChatEntry} entry @param {Date} time */
function sameGroup({ entry: first, time: began }, entry, time) {
  const sameVoice = first.seat === entry.seat && first.nickname === entry.nickname && first.to === entry.to;
  return sameVoice && time.getTime() - began.getTime() < GROUP_MS;
}

// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners and selectors are matched one by one.
const ONLY_EMOJI = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200d\ufe0f\s]+$/u;
const HAS_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const MAX_LARGE = 40; // code units, about what fits into one line in large type

/**
 * Whether a text is nothing but a few emoji, which are shown large.
 * @param {string} text
 */
export function isOnlyEmoji(text) {
  return text.length <= MAX_LARGE && ONLY_EMOJI.test(text) && HAS_EMOJI.test(text);
}
