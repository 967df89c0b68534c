/**
 * Distinguishes transient errors of the server from final ones. A request that failed with a transient error is retried
 * without telling the person.
 */

const TRANSIENT = new Set(["too_many", "try_again"]);

/** Whether the same request may succeed a moment later. @param {string} code - of an error */
export const isTransient = (code) => TRANSIENT.has(code);
