/**
 * Stores preferences as JSON in the browser's storage. If storage is refused (private windows, a full disk, policies),
 * they are not remembered.
 */

/** One key of localStorage or sessionStorage that holds an object. Never throws. */
export class JsonStorage {
  #storage;
  #key;

  /** @param {"localStorage" | "sessionStorage"} area @param {string} key */
  constructor(area, key) {
    this.#key = key;
    this.#storage = reachable(area);
  }

  /** @returns {Record<string, unknown>} the last saved value, or {} */
  load() {
    try {
      const value = JSON.parse(this.#storage?.getItem(this.#key) ?? "{}");
      return value !== null && typeof value === "object" ? value : {};
    } catch {
      return {};
    }
  }

  /** @param {Record<string, unknown>} value */
  save(value) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Full or refused: not remembered.
    }
  }

  clear() {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // As above.
    }
  }
}

/** @param {"localStorage" | "sessionStorage"} area @returns {Storage | null} */
function reachable(area) {
  try {
    return globalThis[area];
  } catch {
    return null;
  }
}
