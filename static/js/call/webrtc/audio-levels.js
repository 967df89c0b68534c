/**
 * Reads the audio level of each remote person from the receivers' synchronization sources: cheap enough for every tile,
 * several times a second.
 */

/** @import { Clock } from "../../clock.js" */

// A browser lists a source for ten seconds after its last packet. One that has not sent for this long is silent.
const STALE_MS = 400;

/** Remembers each seat's newest audio packet, so that the level of a source that stopped sending reads as 0. */
export class AudioLevels {
  #clock;
  /** @type {Map<string, {stamp: number, at: number}>} */
  #lastPackets = new Map();

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {string} id @param {RTCRtpReceiver} receiver @returns {number} 0 to 1 */
  of(id, receiver) {
    const source = receiver.getSynchronizationSources?.()[0];
    if (!source) return 0;
    const now = this.#clock.now();
    const last = this.#lastPackets.get(id);
    if (last?.stamp !== source.timestamp) this.#lastPackets.set(id, { stamp: source.timestamp, at: now });
    else if (now - last.at > STALE_MS) return 0;
    return source.audioLevel ?? 0;
  }
}
