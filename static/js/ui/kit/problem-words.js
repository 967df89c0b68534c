/**
 * Translates the server's error and bye codes into sentences in the reader's language; the only place that does. For
 * codes unknown to this version of the page, the English sentence sent by the server is shown.
 */

import { LIMITS } from "../../protocol.js";
import { gettext, ngettext } from "../../words.js";

/** @typedef {typeof import("../../protocol.js").ERROR_CODES[number]} WireError */
/** @typedef {typeof import("../../protocol.js").BYE_CODES[number]} WireBye */
/** @typedef {{code: string, message?: string}} Problem */

/** @type {Record<WireError | "disconnected" | "page_before", string>} */
const ERRORS = {
  bad_message: gettext("The server could not understand this page. Reload it and try again."),
  too_large: gettext("That message is too long."),
  too_many: gettext("That was too much at once. Please wait a moment."),
  not_joined: gettext("Join the meeting first."),
  already_joined: gettext("You are already in the meeting."),
  nickname_invalid: gettext("Please enter a name of 1 to {max} characters.", { max: LIMITS.NICKNAME_MAX }),
  nickname_taken: gettext("Someone here already uses that name."),
  room_full: gettext("This meeting is full."),
  here_twice: gettext("You are in this meeting twice already. Leave it in another tab or on another device first."),
  not_allowed: gettext("You are not allowed to do that."),
  no_such_seat: gettext("That person is no longer in the meeting."),
  undelivered: gettext("That person could not be reached just now."),
  try_again: gettext("The server is busy. Trying again in a moment."),
  // of this page itself
  disconnected: gettext("The connection was lost. Please try again."),
  page_before: gettext("It was written before you came back."),
};

/** @type {Record<WireBye | "gave_up" | "alone", {title: string, words: string}>} */
const BYES = {
  left: { title: gettext("You left the meeting"), words: gettext("See you soon.") },
  protocol: { title: gettext("This page is out of date"), words: gettext("Reload it to go on.") },
  no_session: {
    title: gettext("Your browser sent no cookie"),
    words: gettext("Allow cookies for this site, then reload this page."),
  },
  signed_out: {
    title: gettext("You are signed out"),
    words: gettext("To come back, open the meeting’s link again."),
  },
  password_due: {
    title: gettext("Choose a new password"),
    words: gettext("Please choose a password of your own, then open the meeting’s link again."),
  },
  session_renewed: ended(gettext("Your session was renewed.")),
  not_allowed: { title: gettext("You cannot join"), words: gettext("You cannot join this meeting.") },
  removed: { title: gettext("You were removed"), words: gettext("The host removed you from this meeting.") },
  no_such_room: { title: gettext("No meeting here"), words: gettext("There is no open meeting at this link.") },
  closed: { title: gettext("The meeting is over"), words: gettext("The host closed this meeting.") },
  idle: {
    title: gettext("Still there?"),
    words: gettext("This page was open for a long time. Reload it to join."),
  },
  too_slow: ended(gettext("Your connection could not keep up.")),
  unheard: ended(gettext("Nothing was heard from this page for a while.")),
  taken: {
    title: gettext("You are here elsewhere"),
    words: gettext("You joined this meeting from another tab or device."),
  },
  too_many: ended(ERRORS.too_many),
  restarting: ended(gettext("The server is restarting.")),
  try_again: ended(ERRORS.try_again),
  // of this page itself
  alone: {
    title: gettext("You left the meeting"),
    words: gettext("You were the only one in it for a long time, so your camera and microphone were let go."),
  },
  gave_up: {
    title: gettext("The connection was lost"),
    words: gettext("The server could not be reached for two minutes. Check your network, then rejoin."),
  },
};

/**
 * The sentence for an error.
 * @param {Problem} problem
 * @param {number} [capacity] - of the room
 */
export function errorWords({ code, message = "" }, capacity) {
  if (code === "room_full" && capacity !== undefined) {
    return ngettext("This meeting is full ({count} person).", "This meeting is full ({count} people).", capacity);
  }
  return Object.hasOwn(ERRORS, code) ? ERRORS[/** @type {keyof typeof ERRORS} */ (code)] : message;
}

/**
 * The heading and sentence for the reason why the meeting ended. It may also be an error: the refusal of a rejoin.
 * @param {Problem} bye
 */
export function byeWords(bye) {
  const { code } = bye;
  return Object.hasOwn(BYES, code) ? BYES[/** @type {keyof typeof BYES} */ (code)] : ended(errorWords(bye));
}

/**
 * A bye that has no heading of its own.
 * @param {string} words
 */
function ended(words) {
  return { title: gettext("The meeting ended for you"), words };
}
