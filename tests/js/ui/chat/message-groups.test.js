import assert from "node:assert/strict";
import { test } from "node:test";

import { transcript, transcriptName } from "../../../../static/js/call/chat/transcript.js";
import * as words from "../../../../static/js/ui/chat/chat-words.js";
import { arrivalWords, dayWords, keepingWords, privateWords } from "../../../../static/js/ui/chat/chat-words.js";
import { isOnlyEmoji, messageRows } from "../../../../static/js/ui/chat/message-groups.js";

/** @import { ChatEntry } from "../../../../static/js/call/chat/log.js" */

const NOON = new Date(2026, 10, 21, 12, 0);
const NOON_SECONDS = NOON.getTime() / 1000;

/** @param {number} minute - after noon @param {Partial<ChatEntry>} [change] */
function entry(minute, change = {}) {
  const id = minute + 10_000;
  const status = /** @type {const} */ ("sent");
  return {
    id,
    ref: `r${id}`,
    seat: "a",
    nickname: "Ada",
    text: "Hello",
    to: null,
    to_nickname: null,
    sent_at: NOON_SECONDS + minute * 60,
    status,
    ...change,
  };
}

/** @param {ReturnType<typeof entry>[]} entries */
const follows = (entries) => messageRows(entries, 0, NOON).map((row) => row.follows);

test("lines of one person within five minutes go together", () => {
  assert.deepEqual(follows([entry(0), entry(1), entry(4), entry(6), entry(7)]), [false, true, true, false, true]);
});

test("another person, nickname or audience begins a new group", () => {
  const others = [{ seat: "b" }, { nickname: "Countess" }, { to: "b", to_nickname: "Grace" }];
  for (const change of others) assert.deepEqual(follows([entry(0), entry(1, change), entry(1)]), [false, false, false]);
});

test("days are told apart only where there is more than today", () => {
  const opens = (/** @type {number[]} */ minutes) =>
    messageRows(
      minutes.map((minute) => entry(minute)),
      0,
      NOON,
    ).map((row) => row.opensDay);
  assert.deepEqual(opens([0, 1]), [false, false]);
  assert.deepEqual(opens([-24 * 60, -24 * 60 + 1, 0, 1]), [true, false, true, false]);
  assert.deepEqual(opens([-48 * 60]), [true]);
});

test("midnight separates lines within one minute", () => {
  assert.deepEqual(follows([entry(-12 * 60 - 1), entry(-12 * 60)]), [false, false]);
});

test("times are by my own clock", () => {
  assert.equal(messageRows([entry(0)], 3600, NOON)[0]?.time.getTime(), NOON.getTime() - 3600_000);
});

test("today and yesterday have their names", () => {
  assert.equal(dayWords(NOON, NOON), "Today");
  assert.equal(dayWords(new Date(2026, 10, 20, 23, 59), NOON), "Yesterday");
  assert.match(dayWords(new Date(2026, 10, 1), NOON), /1/);
});

/** @param {string} zone @param {() => void} check */
function inZone(zone, check) {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    check();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

test("yesterday is the day before, however many hours a day had", () => {
  inZone("Europe/Berlin", () => {
    const afterLong = new Date(2026, 9, 25, 23, 30); // a day of 25 hours
    assert.equal(dayWords(new Date(2026, 9, 24, 12), afterLong), "Yesterday");
    assert.equal(dayWords(new Date(2026, 9, 25, 0, 30), afterLong), "Today");
    const afterShort = new Date(2026, 2, 30, 0, 30); // after a day of 23 hours
    assert.equal(dayWords(new Date(2026, 2, 29, 12), afterShort), "Yesterday");
    assert.notEqual(dayWords(new Date(2026, 2, 28, 23, 45), afterShort), "Yesterday");
  });
  inZone("America/Santiago", () => {
    const first = new Date(2026, 8, 6, 12); // its clocks jump over midnight
    assert.equal(dayWords(new Date(2026, 8, 5, 23, 59), first), "Yesterday");
  });
});

test("the headings are right until the next midnight of this place", () => {
  const { untilTomorrow } = words;
  inZone("Europe/Berlin", () => {
    const hours = (/** @type {Date} */ now) => (untilTomorrow?.(now) ?? Number.NaN) / 3_600_000;
    assert.equal(hours(new Date(2026, 10, 21, 12)), 12);
    assert.equal(hours(new Date(2026, 9, 25)), 25);
    assert.equal(hours(new Date(2026, 2, 29)), 23);
    assert.equal(hours(new Date(2026, 11, 31, 23)), 1);
  });
});

test("a message of emoji alone is shown large, one with words or numbers is not", () => {
  for (const text of ["🎉", "👍🏽 👍", "👩‍💻", "🇫🇮", "❤️"]) assert.ok(isOnlyEmoji(text), text);
  for (const text of ["", " ", "1", "👍 yes", "#", "🎉".repeat(21), "\u200d"]) assert.ok(!isOnlyEmoji(text), text);
});

test("the state of a message is said in plain words", () => {
  assert.equal(keepingWords(0), "Messages are deleted when everybody has left.");
  assert.equal(keepingWords(30), "Messages stay with this room for 30 days, for whoever comes later.");
  assert.match(keepingWords(1), /1 day,/);
  assert.equal(keepingWords(undefined), "");
});

test("a private message is marked on both sides and not shown over a shared screen", () => {
  const secret = entry(0, { to: "b", to_nickname: "Grace", text: "psst" });
  assert.equal(privateWords(secret, true), "only to Grace");
  assert.equal(privateWords(secret, false), "only to you");
  assert.equal(arrivalWords([secret]), "Ada wrote to you privately");
  assert.equal(arrivalWords([entry(0)]), "Ada: Hello");
  assert.equal(arrivalWords([entry(0), secret]), "2 new messages");
});

test("the chat as text has times, names and whom a line was for, and leaves out what was not sent", () => {
  const chat = [
    entry(0, { text: "one\ntwo" }),
    entry(1, { to: "b", to_nickname: "Grace", text: "psst" }),
    entry(2, { status: "sending", text: "not yet" }),
  ];
  assert.equal(
    transcript("Weekly", chat, 0),
    "Weekly\n\n[2026-11-21 12:00] Ada: one\n    two\n[2026-11-21 12:01] Ada, only to Grace: psst\n",
  );
});

test("nobody can write a line in somebody else's name into it", () => {
  for (const end of ["\n", "\r", "\r\n", "\u2028"]) {
    const forged = transcript("Weekly", [entry(0, { text: `x${end}[2026-11-21 12:00] Grace: I agree` })], 0);
    assert.equal(forged.split(/\r\n?|\n|\u2028/).filter((line) => line.startsWith("[")).length, 1);
  }
});

test("its file is named after the room and the day", () => {
  assert.equal(transcriptName("Weekly / Ops: ä", NOON), "Weekly-Ops-ä-chat-2026-11-21.txt");
  assert.equal(transcriptName("../..", NOON), "chat-2026-11-21.txt");
});
