/**
 * Detects within a second that media from one person has stopped or come back, by polling the receivers' sources, which
 * costs hardly anything. Browsers themselves doubt a connection only after six seconds.
 */

/** @import { Clock } from "../../clock.js" */

const CHECK_MS = 200;
const SILENT_MS = 700;

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
   * @param {(alive: boolean) => void} options.changed - nothing arrives any more, or something again
   */
  constructor({ clock, receivers, changed }) {
    this.#clock = clock;
    this.#receivers = receivers;
    this.#changed = changed;
    this.#schedule();
  }

  /** Something used to arrive, and has not for a while. */
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
    // Ten seconds after its last packet a source is no longer listed: that is no sign of life.
    if (newest > this.#newest) {
      this.#newest = newest;
      this.#arrivedAt = now;
    }
    const silent = now - this.#arrivedAt > SILENT_MS;
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#changed(!silent);
  }

  /** The browser answers each question by stopping the page for a moment, so none is asked in vain. */
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
