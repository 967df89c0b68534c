/**
 * Keeps the screen of a phone on during the call with a screen wake lock. The browser releases the lock whenever the
 * page is hidden, so it is requested again when the page is shown.
 */

/** @type {WakeLockSentinel | null} */
let lock = null;
let wanted = false;

/** Requests or releases the lock. @param {boolean} on */
export function keepScreenOn(on) {
  wanted = on;
  if (on) void take();
  else void lock?.release().catch(() => undefined);
}

async function take() {
  if (!wanted || document.hidden || !("wakeLock" in navigator)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    if (!wanted) await lock.release();
  } catch {
    // Refused, for example on low battery: the call does not depend on it.
  }
}

document.addEventListener("visibilitychange", () => void take());
