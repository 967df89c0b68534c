/**
 * Detects that the network or the machine may have come back (online, sleep, page shown), so that connections are
 * checked at once instead of by their timers.
 */

/** @import { Clock } from "../clock.js" */

/**
 * @typedef {"network" | "sleep" | "shown"} WakeReason
 * @typedef {(listener: (reason: WakeReason) => void) => () => void} WakeSource - returns unsubscribe
 */

const TICK_MS = 2_000;
const JUMP_MS = 5_000;

/**
 * Calls `jumped` after the machine has slept. There is no event for that; a timer fires much later than requested.
 * @param {Clock} clock
 * @param {() => void} jumped
 * @returns {() => void} stop
 */
export function watchClock(clock, jumped) {
  let last = clock.now();
  let cancel = clock.after(TICK_MS, tick);
  function tick() {
    const now = clock.now();
    const slept = now - last - TICK_MS > JUMP_MS;
    last = now;
    cancel = clock.after(TICK_MS, tick);
    if (slept) jumped();
  }
  return () => cancel();
}

/**
 * The events of the browser. visibilitychange bubbles to the window, so this works without a document.
 * @param {Clock} clock
 * @returns {WakeSource}
 */
export function browserWake(clock) {
  return (listener) => {
    const network = () => {
      // Without a network an ICE restart finds no candidates, and discards a candidate pair that may recover.
      if (globalThis.navigator?.onLine !== false) listener("network");
    };
    const shown = () => listener("shown");
    const stopClock = watchClock(clock, () => listener("sleep"));
    const connection = /** @type {{connection?: EventTarget} | undefined} */ (globalThis.navigator)?.connection;
    globalThis.addEventListener?.("online", network);
    globalThis.addEventListener?.("pageshow", shown);
    globalThis.addEventListener?.("visibilitychange", shown);
    connection?.addEventListener?.("change", network);
    return () => {
      stopClock();
      globalThis.removeEventListener?.("online", network);
      globalThis.removeEventListener?.("pageshow", shown);
      globalThis.removeEventListener?.("visibilitychange", shown);
      connection?.removeEventListener?.("change", network);
    };
  };
}
