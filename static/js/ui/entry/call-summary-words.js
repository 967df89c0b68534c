/** Texts of the summary shown after a call. Pure. */

import { formatLength } from "../../formats.js";
import { gettext } from "../../words.js";

/** @import { Summary } from "../../call/call-summary.js" */

const NEGLIGIBLE = 3; // seconds of trouble that count as none
const SHORTEST_CALL = 10; // seconds with others, below which nothing is said about the connection
const ROUNDING = 5; // seconds; quality is sampled every few seconds
const MUCH = 0.25; // share of the call

/**
 * The length of the call.
 * @param {Summary} summary
 */
export function lengthWords({ seconds }) {
  return seconds < 60 ? gettext("Less than a minute") : formatLength(seconds);
}

/**
 * The quality of the connection; empty when the call was too short to judge.
 * @param {Summary} summary
 * @returns {string}
 */
export function connectionWords({ met, troubled }) {
  if (met < SHORTEST_CALL) return "";
  if (troubled < NEGLIGIBLE) return gettext("Good");
  const time = formatLength(troubled < 60 ? Math.ceil(troubled / ROUNDING) * ROUNDING : troubled);
  if (troubled / met < MUCH) return gettext("Good, with trouble for about {time}", { time });
  return gettext("In trouble for about {time}", { time });
}

/**
 * A participant's nickname, with "(you)" for my own.
 * @param {Summary["people"][number]} person
 */
export function personWords({ nickname, self }) {
  return self ? gettext("{name} (you)", { name: nickname }) : nickname;
}
