/** The words of a person's tile: name, status, accessible name. */

import { gettext } from "../../words.js";

/**
 * @import { Seat } from "../../protocol.js"
 * @import { TileState } from "./tile-state.js"
 */

const PEER_WORDS = /** @type {Record<string, string>} */ ({
  connecting: gettext("Connecting…"),
  trouble: gettext("Trouble connecting…"),
  failed: gettext("Trouble connecting…"),
});
export const QUALITY_WORDS = { good: "", weak: gettext("Weak connection"), poor: gettext("Very weak connection") };

/**
 * The text over a tile whose peer connection is not up. A person who only lost the server (away) is still seen and heard.
 * @param {Seat} seat @param {TileState} state
 */
export function statusOf(seat, state) {
  if (state.self || state.peer === "connected" || state.peer === null) return "";
  if (seat.away) return gettext("Reconnecting…");
  if (state.limited) return gettext("Their browser sends too much");
  return PEER_WORDS[state.peer] ?? "";
}

/**
 * The quality to show: none while the status text tells of a broken connection.
 * @param {TileState} state
 */
export function qualityOf(state) {
  return state.peer === "connected" ? state.quality : "good";
}

/** @param {Seat} seat @param {TileState} state */
export function nameOf(seat, state) {
  return state.self ? gettext("{name} (you)", { name: seat.nickname }) : seat.nickname;
}

/**
 * The accessible name. Begins with the visible text in the same order, for speech input (WCAG 2.5.3, Label in Name).
 * @param {Seat} seat @param {TileState} state
 */
export function description(seat, state) {
  const words = [nameOf(seat, state)];
  const status = statusOf(seat, state) || QUALITY_WORDS[qualityOf(state)];
  if (status !== "") words.push(status);
  if (seat.role === "host") words.push(gettext("host"));
  if (!state.mic) words.push(gettext("sound off"));
  if (!state.cam) words.push(gettext("picture off"));
  if (state.hand) words.push(gettext("hand is up"));
  if (seat.spotlight) words.push(gettext("in the spotlight"));
  if (state.silenced) words.push(gettext("silent for you"));
  return words.join(", ");
}
