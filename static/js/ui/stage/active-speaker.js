/** Detects the active speaker from audio levels alone. Pure: time is passed in with the levels. */

const LOUD = 0.02; // 0..1, a voice is above it, a quiet room below
const FALL_MS = 600; // loudness falls to a third in this time, which bridges the gaps between words
const RING_MS = 500; // the ring around a speaking person stays this long after the last sound
const VOICED_MS = 280; // a cough is shorter
const LEAD_MS = 600; // louder than the active speaker for this long before replacing them
const HOLD_MS = 2000; // an active speaker who goes on speaking is kept at least this long
const LEAD_FACTOR = 1.3; // the active speaker counts as this much louder
const STEP_MS = 300; // a longer pause between two updates (sleep, a busy machine) counts as this

/**
 * @typedef {Object} Voice
 * @property {number} level - smoothed loudness, 0..1
 * @property {number} voiced - milliseconds of sound since the last silence
 * @property {number} heard - when it was last loud, in milliseconds
 */

/** The active-speaker rule: who is loud, for how long, and when the lead changes. */
export class ActiveSpeaker {
  /** @type {Map<string, Voice>} */
  #voices = new Map();
  /** @type {string | null} */
  #active = null;
  #activeSince = 0;
  /** @type {string | null} */
  #leader = null;
  #leadSince = 0;
  #updatedAt = 0;

  /** The id of the current or latest speaker. */
  get active() {
    return this.#active;
  }

  /**
   * Takes a sample of levels and returns the active speaker.
   * @param {Iterable<readonly [string, number]>} levels - id and loudness 0..1 of every candidate
   * @param {number} now - milliseconds
   * @returns {string | null}
   */
  update(levels, now) {
    const step = Math.min(STEP_MS, Math.max(0, now - this.#updatedAt));
    this.#updatedAt = now;
    this.#updateVoices(new Map(levels), step, now);
    this.#updateActive(now);
    return this.#active;
  }

  /**
   * Whether a person speaks now, for the ring around the tile.
   * @param {string} id @param {number} now
   */
  speaking(id, now) {
    const voice = this.#voices.get(id);
    return voice !== undefined && voice.voiced > 0 && now - voice.heard < RING_MS;
  }

  /** @param {Map<string, number>} levels @param {number} step @param {number} now */
  #updateVoices(levels, step, now) {
    for (const id of this.#voices.keys()) if (!levels.has(id)) this.#voices.delete(id);
    for (const [id, raw] of levels) {
      const voice = this.#voices.get(id) ?? { level: 0, voiced: 0, heard: -Infinity };
      voice.level = Math.max(raw, voice.level * Math.exp(-step / FALL_MS));
      if (raw >= LOUD) {
        voice.voiced += step;
        voice.heard = now;
      } else if (voice.level < LOUD) voice.voiced = 0;
      this.#voices.set(id, voice);
    }
    if (this.#active !== null && !levels.has(this.#active)) this.#active = null;
  }

  /** @param {number} now */
  #updateActive(now) {
    const leader = this.#loudest();
    if (leader !== this.#leader) {
      this.#leader = leader;
      this.#leadSince = now;
    }
    if (leader === null || leader === this.#active || !this.#mayTakeOver(leader, now)) return;
    this.#active = leader;
    this.#activeSince = now;
  }

  #loudest() {
    let best = null;
    let most = LOUD;
    for (const [id, voice] of this.#voices) {
      const bonus = id === this.#active ? LEAD_FACTOR : 1;
      if (voice.level >= LOUD && voice.level * bonus > most) {
        best = id;
        most = voice.level * bonus;
      }
    }
    return best;
  }

  /** @param {string} leader @param {number} now */
  #mayTakeOver(leader, now) {
    const voice = /** @type {Voice} */ (this.#voices.get(leader));
    if (voice.voiced < VOICED_MS) return false;
    const holder = this.#active === null ? undefined : this.#voices.get(this.#active);
    if (holder === undefined || holder.level < LOUD) return true;
    return now - this.#activeSince >= HOLD_MS && now - this.#leadSince >= LEAD_MS;
  }
}
