/** Formats times, days, lists and durations in the reader's locale. */

import { locale } from "./words.js";

const HOUR = 3_600;

const time = lazily(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const moment = lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }));
const day = lazily(() => new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }));
const names = lazily(() => new Intl.ListFormat(locale, { type: "conjunction" }));
const parts = lazily(() => new Intl.ListFormat(locale, { type: "unit" }));
const percent = lazily(() => new Intl.NumberFormat(locale, { style: "percent" }));

/** "14:05" @param {Date} date */
export function formatTime(date) {
  return time().format(date);
}

/** "Saturday, 21 November 2026 at 14:05" @param {Date} date */
export function formatMoment(date) {
  return moment().format(date);
}

/** "Saturday, 21 November" @param {Date} date */
export function formatDay(date) {
  return day().format(date);
}

/** "Ada, Grace and Joan" @param {readonly string[]} list */
export function formatList(list) {
  return names().format(list);
}

/** "85%" @param {number} share - 0 to 1 */
export function formatPercent(share) {
  return percent().format(share);
}

/** "1 hour, 5 minutes"; under a minute in seconds @param {number} seconds */
export function formatLength(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return unit("second", whole);
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / 60);
  const named = [...(hours > 0 ? [unit("hour", hours)] : []), ...(minutes > 0 ? [unit("minute", minutes)] : [])];
  return parts().format(named);
}

/** @param {"hour" | "minute" | "second"} name @param {number} amount */
function unit(name, amount) {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(amount);
}

/**
 * Makes a format on first use and keeps it: making one is slow.
 * @template Format
 * @param {() => Format} make
 */
function lazily(make) {
  /** @type {Format | undefined} */
  let kept;
  return () => (kept ??= make());
}
