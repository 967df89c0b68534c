/** Buffers ICE candidates that arrive before the description they belong to, by the sender's generation. */

const GENERATIONS_MOST = 4;
const CANDIDATES_MOST = 64;

/** Holds the last 64 candidates of each of the four newest generations. */
export class CandidateBuffer {
  /** @type {Map<number, RTCIceCandidateInit[]>} */
  #byGen = new Map();

  /** @param {number} gen @param {readonly RTCIceCandidateInit[]} candidates */
  put(gen, candidates) {
    const held = [...(this.#byGen.get(gen) ?? []), ...candidates];
    this.#byGen.set(gen, held.slice(-CANDIDATES_MOST));
    if (this.#byGen.size > GENERATIONS_MOST) this.#byGen.delete(Math.min(...this.#byGen.keys()));
  }

  /**
   * @param {number} gen
   * @returns {RTCIceCandidateInit[]} those of this generation; older generations are dropped
   */
  take(gen) {
    const taken = this.#byGen.get(gen) ?? [];
    for (const known of [...this.#byGen.keys()]) if (known <= gen) this.#byGen.delete(known);
    return taken;
  }
}
