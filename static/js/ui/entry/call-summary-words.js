/** Texts of the summary shown after a call. Pure. */

import { formatLength } from "../../formats.js";
import { gettext } from "../../words.js";

/** @import { Summary } from "../../call/call-summary.js" */

const NOTICED = 3; // seconds; shorter trouble has been forgotten by now
const WORTH_TELLING = 10; // seconds together, or nothing can be said of the connection
const ROUGH = 5; // quality is looked at every few seconds, so seconds would be too exact
const MUCH = 0.25;

/** @param {Summary} summary */
export function lengthWords({ seconds }) {
  return seconds < 60 ? gettext("Less than a minute") : formatLength(seconds);
}

/** @param {Summary} summary @returns {string} "" when there is nothing to tell */
export function connectionWords({ met, troubled }) {
  if (met < WORTH_TELLING) return "";
  if (troubled < NOTICED) return gettext("Good");
  const time = formatLength(troubled < 60 ? Math.ceil(troubled / ROUGH) * ROUGH : troubled);
  if (troubled / met < MUCH) return gettext("Good, with trouble for about {time}", { time });
  return gettext("In trouble for about {time}", { time });
}

/** @param {Summary["people"][number]} person */
export function personWords({ nickname, self }) {
  return self ? gettext("{name} (you)", { name: nickname }) : nickname;
}
