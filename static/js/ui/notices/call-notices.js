/**
 * Derives notices from two successive states of the call. A snapshot after a reconnect and a single event therefore give
 * the same notices. Pure.
 */

import { otherSeats, spotlitSeat } from "../../call/selectors.js";
import { gettext, ngettext } from "../../words.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Seat } from "../../protocol.js"
 */

/** @typedef {{words: string, stays: "brief" | "usual" | "long"}} Notice - stays: how long it is shown */

/**
 * The notices for a change of state; after joining, those about what is already going on.
 * @param {CallState} before @param {CallState} now
 * @param {number} videoPeople - the number of people up to which there is video
 * @returns {Notice[]}
 */
export function callNotices(before, now, videoPeople) {
  if (now.phase !== "in") return [];
  if (before.phase !== "in") return standing(now);
  if (before.seats === now.seats && before.local === now.local) return [];
  return [
    ...arrivals(before, now),
    ...departures(before, now),
    ...changes(before, now),
    ...mine(before, now),
    ...spotlight(before, now),
    ...crowd(before, now, videoPeople),
  ];
}

/**
 * What is going on when I join: shared screens and the spotlight.
 * @param {CallState} now @returns {Notice[]}
 */
function standing(now) {
  const sharing = otherSeats(now).filter((seat) => seat.screen);
  const spotlit = spotlitSeat(now);
  return [
    ...sharing.map((seat) => ({
      words: gettext("{name} is sharing a screen", { name: seat.nickname }),
      stays: /** @type {const} */ ("usual"),
    })),
    ...(spotlit === undefined ? [] : [{ words: spotlightWords(now, spotlit), stays: /** @type {const} */ ("usual") }]),
  ];
}

/** @param {CallState} before @param {CallState} now @returns {Notice[]} */
function arrivals(before, now) {
  return otherSeats(now)
    .filter((seat) => !(seat.id in before.seats))
    .map((seat) => ({ words: gettext("{name} joined", { name: seat.nickname }), stays: "usual" }));
}

/** @param {CallState} before @param {CallState} now @returns {Notice[]} */
function departures(before, now) {
  return otherSeats(before)
    .filter((seat) => !(seat.id in now.seats))
    .map((seat) => ({ words: gettext("{name} left", { name: seat.nickname }), stays: "usual" }));
}

/** @param {CallState} before @param {CallState} now @returns {Notice[]} */
function changes(before, now) {
  return otherSeats(now).flatMap((seat) => {
    const old = before.seats[seat.id];
    if (old === undefined || old === seat) return [];
    /** @type {Notice[]} */
    const found = [];
    if (old.nickname !== seat.nickname) {
      found.push({
        words: gettext("{before} is now {name}", { before: old.nickname, name: seat.nickname }),
        stays: "usual",
      });
    }
    if (old.hand === null && seat.hand !== null) {
      found.push({ words: gettext("{name} raised a hand", { name: seat.nickname }), stays: "usual" });
    }
    if (!old.screen && seat.screen) found.push({ words: sharingWords(before, seat), stays: "usual" });
    if (old.screen && !seat.screen)
      found.push({ words: gettext("{name} stopped sharing", { name: seat.nickname }), stays: "brief" });
    return found;
  });
}

/**
 * A second shared screen does not become large by itself, so its notice says how to choose it.
 * @param {CallState} before @param {Seat} seat
 */
function sharingWords(before, seat) {
  const first = !otherSeats(before).some((other) => other.screen && other.id !== seat.id);
  const { nickname: name } = seat;
  if (first) return gettext("{name} is sharing a screen", { name });
  return gettext("{name} is sharing a screen too. Choose it to see it large", { name });
}

/**
 * Changes of my own seat: nickname, and screen sharing, which the browser's own button may also stop.
 * @param {CallState} before @param {CallState} now @returns {Notice[]}
 */
function mine(before, now) {
  /** @type {Notice[]} */
  const found = [];
  const [was, is] = [before, now].map(({ me, seats }) => seats[me ?? ""]?.nickname);
  if (was !== undefined && is !== undefined && was !== is)
    found.push({ words: gettext("Your name is now {name}", { name: is }), stays: "usual" });
  if (before.local.screen !== now.local.screen) {
    found.push({
      words: now.local.screen ? gettext("Everybody sees your screen") : gettext("You stopped sharing"),
      stays: "brief",
    });
  }
  return found;
}

/** @param {CallState} before @param {CallState} now @returns {Notice[]} */
function spotlight(before, now) {
  const [was, is] = [spotlitSeat(before), spotlitSeat(now)];
  if (was?.id === is?.id) return [];
  return [{ words: is === undefined ? gettext("The spotlight is off") : spotlightWords(now, is), stays: "usual" }];
}

/** @param {CallState} state @param {Seat} seat */
function spotlightWords(state, seat) {
  if (seat.id === state.me) return gettext("You are in the spotlight: everybody sees you large");
  return gettext("{name} is in the spotlight", { name: seat.nickname });
}

/** @param {CallState} before @param {CallState} now @param {number} videoPeople @returns {Notice[]} */
function crowd(before, now, videoPeople) {
  const [was, is] = [before, now].map((state) => Object.keys(state.seats).length > videoPeople);
  if (was === is) return [];
  const words = is
    ? ngettext(
        "More than {count} person is here: cameras pause so that everybody is heard well",
        "More than {count} people are here: cameras pause so that everybody is heard well",
        videoPeople,
      )
    : gettext("Cameras are back");
  return [{ words, stays: "long" }];
}
