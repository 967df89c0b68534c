/**
 * Detects within a second that media from one person has stopped or come back, by polling the receivers' sources,
 * which is cheap. Browsers report a "disconnected" connection only after about six seconds.
 */

/** @import { Clock } from "../../clock.js" */

const CHECK_MS = 200;
const SILENT_MS = 700;

/** Polls every 200 ms; 700 ms without a packet count as silence. Runs until `stop`. */
export class MediaWatchdog {
  #clock;
  #receivers;
  #changed;
  #newest = 0;
  #arrivedAt = Infinity;
  #silent = false;
  #cancel = () => {};

  /**
   * @param {Object} options
   * @param {Clock} options.clock
   * @param {() => readonly RTCRtpReceiver[]} options.receivers - of the present connection
   * @param {(alive: boolean) => void} options.changed - false: nothing has arrived for 700 ms; true: media has come back
   */
  constructor({ clock, receivers, changed }) {
    this.#clock = clock;
    this.#receivers = receivers;
    this.#changed = changed;
    this.#schedule();
  }

  /** Whether media has arrived before and does not arrive now. */
  get silent() {
    return this.#silent;
  }

  stop() {
    this.#cancel();
  }

  #schedule() {
    this.#cancel = this.#clock.after(CHECK_MS, () => {
      this.#check();
      this.#schedule();
    });
  }

  #check() {
    const newest = this.#lastArrival();
    const now = this.#clock.now();
    // Ten seconds after its last packet a source is no longer listed; a lower timestamp is therefore not an arrival.
    if (newest > this.#newest) {
      this.#newest = newest;
      this.#arrivedAt = now;
    }
    const silent = now - this.#arrivedAt > SILENT_MS;
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#changed(!silent);
  }

  /** Each call of getSynchronizationSources blocks the main thread for a moment, so the loop ends at the first news. */
  #lastArrival() {
    let newest = 0;
    for (const receiver of this.#receivers()) {
      newest = Math.max(newest, lastArrivalAt(receiver));
      if (newest > this.#newest) break;
    }
    return newest;
  }
}

/** @param {RTCRtpReceiver} receiver */
function lastArrivalAt(receiver) {
  return Math.max(0, ...(receiver.getSynchronizationSources?.() ?? []).map(({ timestamp }) => timestamp));
}
