/** Stores the playback volume of each person and each shared screen for the meeting. */

/** @import { JsonStorage } from "../storage.js" */

/** Emits "change" {key}. Volumes below 1 are stored; 1 is the default. */
export class Volumes extends EventTarget {
  #storage;
  /** @type {Map<string, number>} */
  #chosen = new Map();

  /** @param {Pick<JsonStorage, "load" | "save">} storage */
  constructor(storage) {
    super();
    this.#storage = storage;
    for (const [key, volume] of Object.entries(storage.load())) {
      if (typeof volume === "number" && volume >= 0 && volume < 1) this.#chosen.set(key, volume);
    }
  }

  /** @param {string} key @returns {number} 0 to 1 */
  of(key) {
    return this.#chosen.get(key) ?? 1;
  }

  /** @param {string} key @param {number} volume - 0 to 1 */
  set(key, volume) {
    if (volume >= 1) this.#chosen.delete(key);
    else this.#chosen.set(key, Math.max(0, volume));
    this.#storage.save(Object.fromEntries(this.#chosen));
    this.dispatchEvent(new CustomEvent("change", { detail: { key } }));
  }
}

/** Whether the page can set a volume. On iOS only the hardware buttons can; the page can only mute. */
export function volumeCanBeSet(audio = new Audio()) {
  audio.volume = 0.5;
  return audio.volume === 0.5;
}
