/** The length limit of chat messages, in code points like on the server. */

import { LIMITS } from "../../protocol.js";
import { gettext } from "../../words.js";

/** The sentence that names the limit. */
export const CHAT_MAX_WORDS = gettext("A message can have up to {max} characters.", { max: LIMITS.CHAT_MAX });

/**
 * Whether a text exceeds the limit. Code points are counted only where the code units exceed it.
 * @param {string} text
 */
export function isTooLong(text) {
  return text.length > LIMITS.CHAT_MAX && Array.from(text).length > LIMITS.CHAT_MAX;
}
