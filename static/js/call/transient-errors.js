/** What the server refuses now and takes a moment later: the person need not know. */
const TRANSIENT = new Set(["too_many", "try_again"]);

/** @param {string} code - of an error */
export const isTransient = (code) => TRANSIENT.has(code);
