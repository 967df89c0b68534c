/**
 * Tells transient errors of the server from final ones: what it refuses now it accepts a moment later, so the request
 * is retried and the person need not know.
 */

const TRANSIENT = new Set(["too_many", "try_again"]);

/** @param {string} code - of an error */
export const isTransient = (code) => TRANSIENT.has(code);
