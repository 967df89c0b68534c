/**
 * Rates the quality of a connection from the receivers' statistics: packet loss, round-trip time, frozen and undecoded
 * frames. The level falls only when two looks in a row agree, and rises when four do.
 */

/** @import { Quality } from "../transport.js" */

/**
 * @typedef {Object} Counts - since the connection was made
 * @property {number} received - packets
 * @property {number} lost - packets
 * @property {number} frozen - seconds in which the picture stood still
 * @property {number} arrived - pictures
 * @property {number} decoded - pictures
 * @property {number} trip - seconds there and back, now
 *
 * @typedef {Object} Trouble - each 0 to 1, but the trip in seconds
 * @property {number} lost
 * @property {number} frozen
 * @property {number} undecoded
 * @property {number} trip
 */

const WORSE_LOOKS = 2;
const BETTER_LOOKS = 4;
/** To count as better, it must be better by so much. */
const MARGIN = 1.6;
/** Too few packets say nothing: a muted person with the camera off sends hardly any. */
const ENOUGH_PACKETS = 20;
const ENOUGH_PICTURES = 5;

/** @type {Trouble} */
const WEAK = { lost: 0.03, frozen: 0.15, undecoded: 0.5, trip: 0.4 };
/** @type {Trouble} */
const POOR = { lost: 0.1, frozen: 0.4, undecoded: 0.8, trip: 0.9 };
const LEVELS = /** @type {const} */ (["good", "weak", "poor"]);

/**
 * @param {Iterable<any>} reports - of one or several receivers; those they share may come twice
 * @returns {Counts}
 */
export function counted(reports) {
  const all = [...reports];
  const used = new Set(all.flatMap((report) => report.selectedCandidatePairId ?? []));
  const counts = { received: 0, lost: 0, frozen: 0, arrived: 0, decoded: 0, trip: 0 };
  for (const report of all) {
    if (report.type === "inbound-rtp") {
      counts.received += report.packetsReceived ?? 0;
      counts.lost += Math.max(0, report.packetsLost ?? 0);
      counts.frozen += report.totalFreezesDuration ?? 0;
      counts.arrived += report.framesReceived ?? 0;
      counts.decoded += report.framesDecoded ?? 0;
    }
    // Ways that were used before keep their figures. Firefox marks the present one itself.
    if (report.type === "candidate-pair" && (report.selected || used.has(report.id))) {
      counts.trip = Math.max(counts.trip, report.currentRoundTripTime ?? 0);
    }
  }
  return counts;
}

/**
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
    trip: now.trip,
  };
}

/** @param {Trouble} trouble @param {number} factor @returns {number} place in LEVELS */
function levelOf(trouble, factor) {
  const over = (/** @type {Trouble} */ bounds) =>
    /** @type {(keyof Trouble)[]} */ (Object.keys(bounds)).some((name) => trouble[name] * factor >= bounds[name]);
  return over(POOR) ? 2 : over(WEAK) ? 1 : 0;
}

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
  look(trouble) {
    const worse = levelOf(trouble, 1);
    const better = levelOf(trouble, MARGIN);
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
