/** The line of the green room about who is inside. Pure. */

import { formatList } from "../../formats.js";
import { gettext, ngettext } from "../../words.js";

/** @import { CallState } from "../../call/state.js" */

const NAMES_SHOWN = 3;

/**
 * Who is inside, or that the meeting is full, unless that does not keep this person out (the owner).
 * @param {Pick<CallState, "peek" | "room">} state @param {boolean} mayExceedCapacity
 */
export function insideWords({ peek, room }, mayExceedCapacity) {
  if (peek === null) return "\u00a0";
  const { nicknames, inside } = peek;
  if (inside === 0) return gettext("Nobody is here yet");
  if (room !== null && inside >= room.capacity && !mayExceedCapacity) {
    return ngettext("This meeting is full ({count} person)", "This meeting is full ({count} people)", inside);
  }
  if (nicknames.length === 0) return ngettext("{count} person is inside", "{count} people are inside", inside);
  const shown = nicknames.slice(0, NAMES_SHOWN);
  const more = inside - shown.length;
  const names = more > 0 ? [...shown, ngettext("{count} more", "{count} more", more)] : shown;
  return ngettext("{names} is inside", "{names} are inside", inside, { names: formatList(names) });
}
