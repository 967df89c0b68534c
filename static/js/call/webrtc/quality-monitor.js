/** Measures the connection quality of each person every two seconds. */

import { countsFrom, QualityMeter, troubleBetween } from "./quality.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { Quality } from "../transport.js"
 * @import { Counts } from "./quality.js"
 */

/** @typedef {Pick<RTCRtpReceiver, "getStats">} StatsSource */

const SAMPLE_MS = 2_000;

/** @typedef {{of: StatsSource, at: number, counts: Counts}} Sample - of: the first receiver; another one means a new connection, whose counters begin at 0 */

/** Keeps one `QualityMeter` per connected seat and reports changes of its level. */
export class QualityMonitor {
  #clock;
  #people;
  #changed;
  /** @type {Map<string, QualityMeter>} */
  #meters = new Map();
  /** @type {Map<string, Sample>} */
  #samples = new Map();
  /** @type {(() => void) | null} */
  #cancel = null;

  /**
   * @param {Object} options
   * @param {Clock} options.clock
   * @param {() => Iterable<[string, readonly StatsSource[]]>} options.people - connected seats and their receivers
   * @param {(seatId: string, level: Quality) => void} options.changed
   */
  constructor({ clock, people, changed }) {
    this.#clock = clock;
    this.#people = people;
    this.#changed = changed;
  }

  /** @param {string} seatId @returns {Quality} */
  of(seatId) {
    return this.#meters.get(seatId)?.level ?? "good";
  }

  start() {
    if (this.#cancel !== null) return;
    this.#cancel = this.#clock.after(SAMPLE_MS, async () => {
      for (const [id, receivers] of [...this.#people()]) await this.#sample(id, receivers).catch(() => {});
      if (this.#cancel === null) return;
      this.#cancel = null;
      this.start();
    });
  }

  stop() {
    this.#cancel?.();
    this.#cancel = null;
    this.#meters.clear();
    this.#samples.clear();
  }

  /** @param {string} seatId */
  forget(seatId) {
    this.#meters.delete(seatId);
    this.#samples.delete(seatId);
  }

  /** @param {string} id @param {readonly StatsSource[]} receivers */
  async #sample(id, receivers) {
    const reports = await Promise.all(receivers.map((receiver) => receiver.getStats()));
    const now = {
      of: receivers[0],
      at: this.#clock.now(),
      counts: countsFrom(reports.flatMap((report) => [...report.values()])),
    };
    const before = this.#samples.get(id);
    this.#samples.set(id, now);
    // Counters of another connection, or from before a pause of the timer, cannot be compared.
    if (before?.of !== now.of || now.at - before.at > 2 * SAMPLE_MS) return;
    const meter = this.#meters.get(id) ?? new QualityMeter();
    this.#meters.set(id, meter);
    const trouble = troubleBetween(before.counts, now.counts, (now.at - before.at) / 1_000);
    if (meter.addSample(trouble)) this.#changed(id, meter.level);
  }
}
