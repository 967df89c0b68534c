// How long a chat message may be, counted as the server counts: in code points.

import { LIMITS } from "../protocol.js";

export const CHAT_MAX_WORDS = `A message can have up to ${LIMITS.CHAT_MAX.toLocaleString("en")} characters.`;

/** @param {string} text */
export function tooLong(text) {
  return text.length > LIMITS.CHAT_MAX && Array.from(text).length > LIMITS.CHAT_MAX;
}
