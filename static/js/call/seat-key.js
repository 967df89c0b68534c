/**
 * Holds the tab's secret key to its seat. It survives a reload in sessionStorage; a duplicated tab, which gets a copy
 * of sessionStorage, is detected by a Web Lock that only one live page can hold.
 */

import { randomHex, systemClock } from "../clock.js";

/** @import { Clock } from "../clock.js" */

const KEY_BYTES = 16;
const PAGE_BYTES = 8;
// A reloaded page may ask before the old one has let go of its lock.
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

export class SeatKey {
  #name;
  #storage;
  #locks;
  #clock;
  #page = randomHex(PAGE_BYTES);
  #key = "";
  #attempt = 0;
  /** @type {Promise<void> | null} */
  #claimed = null;
  #release = () => {};

  /**
   * @param {Object} options
   * @param {string} options.slug
   * @param {KeyStorage | null} [options.storage]
   * @param {KeyLocks | null} [options.locks] - null where the browser has none: insecure pages
   * @param {Clock} [options.clock]
   */
  constructor({ slug, storage = tabStorage(), locks = globalThis.navigator?.locks ?? null, clock = systemClock }) {
    this.#name = `lanai:seat:${slug}`;
    this.#storage = storage;
    this.#locks = locks;
    this.#clock = clock;
  }

  /** Random per page load: tells a reload from a reconnect. */
  get page() {
    return this.#page;
  }

  /** How often this key has said hello; after `claim`, above 0 means that a seat may be resumed. */
  get attempt() {
    return this.#attempt;
  }

  /** Makes the key this page's own. Cheap to call again. */
  claim() {
    this.#claimed ??= this.#claim();
    return this.#claimed;
  }

  /**
   * The next `hello`: every one has a higher attempt, so the server can tell old from new.
   * @returns {Claim}
   */
  next() {
    this.#attempt += 1;
    this.#save();
    return { key: this.#key, page: this.#page, attempt: this.#attempt };
  }

  /** After a real goodbye the seat is gone; the next hello asks for a new one. */
  forget() {
    this.#release();
    this.#release = () => {};
    this.#claimed = null;
    this.#key = "";
    this.#attempt = 0;
    this.#guarded(() => this.#storage?.removeItem(this.#name));
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
      // Held elsewhere means another tab; any other refusal of the browser must not stop the call.
      const refused = () => resolve(!patience.signal.aborted);
      locks.request(`lanai:${key}`, { signal: patience.signal }, hold).catch(refused);
    });
  }

  /** @returns {{key: string, attempt: number} | null} */
  #load() {
    const text = this.#guarded(() => this.#storage?.getItem(this.#name));
    try {
      const { key, attempt } = JSON.parse(text ?? "null") ?? {};
      return KEY_SHAPE.test(key) && Number.isSafeInteger(attempt) && attempt >= 0 ? { key, attempt } : null;
    } catch {
      return null;
    }
  }

  #save() {
    const text = JSON.stringify({ key: this.#key, attempt: this.#attempt });
    this.#guarded(() => this.#storage?.setItem(this.#name, text));
  }

  /**
   * Storage may be full or forbidden; the call goes on without it.
   * @template T
   * @param {() => T} use
   * @returns {T | undefined}
   */
  #guarded(use) {
    try {
      return use();
    } catch {
      return undefined;
    }
  }
}
