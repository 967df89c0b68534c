/**
 * Reads the audio level of each remote person from the receivers' synchronization sources: cheap enough for every tile,
 * several times a second.
 */

/** @import { Clock } from "../../clock.js" */

// A source is listed for ten seconds after its last packet; whoever stopped sending is silent.
const STALE_MS = 400;

export class AudioLevels {
  #clock;
  /** @type {Map<string, {stamp: number, at: number}>} */
  #heard = new Map();

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {string} id @param {RTCRtpReceiver} receiver @returns {number} 0 to 1 */
  of(id, receiver) {
    const source = receiver.getSynchronizationSources?.()[0];
    if (!source) return 0;
    const now = this.#clock.now();
    const last = this.#heard.get(id);
    if (last?.stamp !== source.timestamp) this.#heard.set(id, { stamp: source.timestamp, at: now });
    else if (now - last.at > STALE_MS) return 0;
    return source.audioLevel ?? 0;
  }
}
