/**
 * Rates the quality of a connection from the receivers' statistics: packet loss, round-trip time, frozen and undecoded
 * frames. The level falls after two worse samples in a row, and rises after four better ones.
 */

/** @import { Quality } from "../transport.js" */

/**
 * @typedef {Object} Counts - since the connection was made
 * @property {number} received - packets
 * @property {number} lost - packets
 * @property {number} frozen - seconds in which the video was frozen
 * @property {number} arrived - video frames
 * @property {number} decoded - video frames
 * @property {number} roundTrip - seconds, the current round-trip time
 *
 * @typedef {Object} Trouble - shares from 0 to 1; roundTrip in seconds
 * @property {number} lost
 * @property {number} frozen
 * @property {number} undecoded
 * @property {number} roundTrip
 */

const WORSE_LOOKS = 2;
const BETTER_LOOKS = 4;
/** Hysteresis: a sample counts as better only if it is below the threshold by this factor. */
const MARGIN = 1.6;
/** Smaller samples are ignored: a muted person with the camera off sends hardly any packets. */
const ENOUGH_PACKETS = 20;
const ENOUGH_PICTURES = 5;

/** @type {Trouble} */
const WEAK = { lost: 0.03, frozen: 0.15, undecoded: 0.5, roundTrip: 0.4 };
/** @type {Trouble} */
const POOR = { lost: 0.1, frozen: 0.4, undecoded: 0.8, roundTrip: 0.9 };
const LEVELS = /** @type {const} */ (["good", "weak", "poor"]);

/**
 * Sums up the statistics of a person's receivers.
 * @param {Iterable<any>} reports - of one or several receivers; reports that they share may occur twice
 * @returns {Counts}
 */
export function countsFrom(reports) {
  const all = [...reports];
  const used = new Set(all.flatMap((report) => report.selectedCandidatePairId ?? []));
  const counts = { received: 0, lost: 0, frozen: 0, arrived: 0, decoded: 0, roundTrip: 0 };
  for (const report of all) {
    if (report.type === "inbound-rtp") {
      counts.received += report.packetsReceived ?? 0;
      counts.lost += Math.max(0, report.packetsLost ?? 0);
      counts.frozen += report.totalFreezesDuration ?? 0;
      counts.arrived += report.framesReceived ?? 0;
      counts.decoded += report.framesDecoded ?? 0;
    }
    // Candidate pairs used earlier keep their figures. Firefox has no selectedCandidatePairId but marks the pair.
    if (report.type === "candidate-pair" && (report.selected || used.has(report.id))) {
      counts.roundTrip = Math.max(counts.roundTrip, report.currentRoundTripTime ?? 0);
    }
  }
  return counts;
}

/**
 * Computes the shares of lost, frozen and undecoded media between two counts.
 * @param {Counts} before @param {Counts} now @param {number} seconds - between the two
 * @returns {Trouble}
 */
export function troubleBetween(before, now, seconds) {
  const lost = Math.max(0, now.lost - before.lost);
  const packets = lost + now.received - before.received;
  const arrived = now.arrived - before.arrived;
  const undecoded = Math.max(0, arrived - (now.decoded - before.decoded));
  return {
    lost: packets >= ENOUGH_PACKETS ? lost / packets : 0,
    frozen: Math.max(0, Math.min(1, (now.frozen - before.frozen) / seconds)),
    undecoded: arrived >= ENOUGH_PICTURES ? undecoded / arrived : 0,
    roundTrip: now.roundTrip,
  };
}

/** @param {Trouble} trouble @param {number} factor @returns {number} place in LEVELS */
function levelFor(trouble, factor) {
  const over = (/** @type {Trouble} */ bounds) =>
    /** @type {(keyof Trouble)[]} */ (Object.keys(bounds)).some((name) => trouble[name] * factor >= bounds[name]);
  return over(POOR) ? 2 : over(WEAK) ? 1 : 0;
}

/** Smooths the level of one person over samples taken at equal intervals. */
export class QualityMeter {
  #level = 0;
  #worse = 0;
  #better = 0;

  /** @returns {Quality} */
  get level() {
    return /** @type {Quality} */ (LEVELS[this.#level]);
  }

  /**
   * @param {Trouble} trouble
   * @returns {boolean} whether the level changed
   */
  addSample(trouble) {
    const worse = levelFor(trouble, 1);
    const better = levelFor(trouble, MARGIN);
    this.#worse = worse > this.#level ? this.#worse + 1 : 0;
    this.#better = better < this.#level ? this.#better + 1 : 0;
    if (this.#worse >= WORSE_LOOKS) return this.#set(worse);
    return this.#better >= BETTER_LOOKS && this.#set(better);
  }

  /** @param {number} level */
  #set(level) {
    this.#level = level;
    this.#worse = this.#better = 0;
    return true;
  }
}
