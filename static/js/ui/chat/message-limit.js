/** Checks the length of a chat message, counted as the server counts: in code points. */

import { LIMITS } from "../../protocol.js";
import { gettext } from "../../words.js";

export const CHAT_MAX_WORDS = gettext("A message can have up to {max} characters.", { max: LIMITS.CHAT_MAX });

/** @param {string} text */
export function isTooLong(text) {
  return text.length > LIMITS.CHAT_MAX && Array.from(text).length > LIMITS.CHAT_MAX;
}
