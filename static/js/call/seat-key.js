/**
 * Holds the tab's secret key to its seat. It survives a reload in sessionStorage; a duplicated tab, which gets a copy
 * of sessionStorage, is detected by a Web Lock that only one live page can hold.
 */

import { randomHex, systemClock } from "../clock.js";

/** @import { Clock } from "../clock.js" */

const KEY_BYTES = 16;
const PAGE_BYTES = 8;
// A reloaded page may request the lock before the old page has released it.
const LOCK_WAIT_MS = 500;
const KEY_SHAPE = /^[0-9a-f]{32,64}$/;

/**
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} KeyStorage
 * @typedef {Pick<LockManager, "request">} KeyLocks
 * @typedef {{key: string, page: string, attempt: number}} Claim - what `hello` carries
 */

/** sessionStorage throws where storage is blocked; the seat then lasts as long as the page. */
function tabStorage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** The key, this page's id and the number of hellos. Works without storage and locks, for the life of the page. */
export class SeatKey {
  #storageKey;
  #storage;
  #locks;
  #clock;
  #page = randomHex(PAGE_BYTES);
  #key = "";
  #attempt = 0;
  /** @type {Promise<void> | null} */
  #claiming = null;
  #release = () => {};

  /**
   * @param {Object} options
   * @param {string} options.slug
   * @param {KeyStorage | null} [options.storage]
   * @param {KeyLocks | null} [options.locks] - null where the browser has none, as on insecure pages
   * @param {Clock} [options.clock]
   */
  constructor({ slug, storage = tabStorage(), locks = globalThis.navigator?.locks ?? null, clock = systemClock }) {
    this.#storageKey = `lanai:seat:${slug}`;
    this.#storage = storage;
    this.#locks = locks;
    this.#clock = clock;
  }

  /** Random per page load: distinguishes a reload from a reconnect. */
  get page() {
    return this.#page;
  }

  /** Number of hellos with this key; after `claim`, above 0 means that a seat may be resumed. */
  get attempt() {
    return this.#attempt;
  }

  /** Loads the tab's key, or makes a new one if another page holds it. Does so once. */
  claim() {
    this.#claiming ??= this.#claim();
    return this.#claiming;
  }

  /**
   * The fields of the next `hello`. Each has a higher attempt, so that the server can order them.
   * @returns {Claim}
   */
  next() {
    this.#attempt += 1;
    this.#save();
    return { key: this.#key, page: this.#page, attempt: this.#attempt };
  }

  /** Discards the key after leaving: the next hello requests a new seat. */
  forget() {
    this.#release();
    this.#release = () => {};
    this.#claiming = null;
    this.#key = "";
    this.#attempt = 0;
    this.#tryStorage(() => this.#storage?.removeItem(this.#storageKey));
  }

  async #claim() {
    const stored = this.#load();
    if (stored && (await this.#lock(stored.key))) {
      this.#key = stored.key;
      this.#attempt = stored.attempt;
      return;
    }
    this.#key = randomHex(KEY_BYTES);
    this.#attempt = 0;
    this.#save();
    await this.#lock(this.#key);
  }

  /**
   * @param {string} key
   * @returns {Promise<boolean>} whether no other live page holds the key
   */
  #lock(key) {
    const locks = this.#locks;
    if (!locks) return Promise.resolve(true);
    const patience = new AbortController();
    const cancel = this.#clock.after(LOCK_WAIT_MS, () => patience.abort());
    return new Promise((resolve) => {
      const hold = () => {
        cancel();
        resolve(true);
        return new Promise((release) => {
          this.#release = () => release(undefined);
        });
      };
      // A timeout means that another tab holds it; any other refusal of the browser must not prevent the call.
      const refused = () => resolve(!patience.signal.aborted);
      locks.request(`lanai:${key}`, { signal: patience.signal }, hold).catch(refused);
    });
  }

  /** @returns {{key: string, attempt: number} | null} */
  #load() {
    const text = this.#tryStorage(() => this.#storage?.getItem(this.#storageKey));
    try {
      const { key, attempt } = JSON.parse(text ?? "null") ?? {};
      return KEY_SHAPE.test(key) && Number.isSafeInteger(attempt) && attempt >= 0 ? { key, attempt } : null;
    } catch {
      return null;
    }
  }

  #save() {
    const text = JSON.stringify({ key: this.#key, attempt: this.#attempt });
    this.#tryStorage(() => this.#storage?.setItem(this.#storageKey, text));
  }

  /**
   * Storage may be full or forbidden; the call continues without it.
   * @template T
   * @param {() => T} use
   * @returns {T | undefined}
   */
  #tryStorage(use) {
    try {
      return use();
    } catch {
      return undefined;
    }
  }
}
