/** Clock, timers and randomness behind one interface, so that tests control them and never sleep. */

/**
 * @typedef {Object} Clock
 * @property {() => number} now - milliseconds since 1970
 * @property {(ms: number, run: () => void) => () => void} after - a timer; returns its cancel
 * @property {() => number} random - 0 to 1
 */

/** The clock of the browser. @type {Clock} */
export const systemClock = Object.freeze({
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
});

/**
 * Cryptographically random bytes in hexadecimal.
 * @param {number} bytes
 * @returns {string} two digits per byte
 */
export function randomHex(bytes) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}
