/**
 * Buffers signals that arrive before the roster event about their sender or the sender's new page: the server relays
 * signals and roster events independently. Bounded, because any participant can fill it.
 */

/** @import { SignalData } from "./signal-data.js" */

const SENDERS_MOST = 16;
const SIGNALS_MOST = 32;

/** Holds up to 32 signals of the newest page of each of up to 16 seats. */
export class SignalBuffer {
  /** @type {Map<string, {epoch: number, signals: SignalData[]}>} */
  #held = new Map();

  /** @param {string} from @param {number} epoch @param {SignalData} data */
  hold(from, epoch, data) {
    const bag = this.#held.get(from);
    if (bag && bag.epoch > epoch) return;
    if (!bag && this.#held.size >= SENDERS_MOST) return;
    const signals = bag?.epoch === epoch ? bag.signals : [];
    if (signals.length < SIGNALS_MOST) signals.push(data);
    this.#held.set(from, { epoch, signals });
  }

  /**
   * @param {string} from
   * @param {number} epoch
   * @returns {SignalData[]} the signals of that page, in order
   */
  collect(from, epoch) {
    const bag = this.#held.get(from);
    if (!bag || bag.epoch > epoch) return [];
    this.#held.delete(from);
    return bag.epoch === epoch ? bag.signals : [];
  }

  clear() {
    this.#held.clear();
  }
}
