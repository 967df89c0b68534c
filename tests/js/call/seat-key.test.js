import assert from "node:assert/strict";
import { test } from "node:test";

import { SeatKey } from "../../../static/js/call/seat-key.js";
import { FakeClock } from "../fakes/clock.js";

const clock = new FakeClock();

/** A tab's storage. @param {Record<string, string>} [items] */
function storageWith(items = {}) {
  return {
    items,
    getItem: (/** @type {string} */ name) => items[name] ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => void (items[name] = value),
    removeItem: (/** @type {string} */ name) => void delete items[name],
  };
}

/** Web Locks of one browser: a name is held until its holder lets go. */
function lockManager() {
  /** @type {Map<string, Promise<unknown>>} */
  const held = new Map();
  return {
    held,
    /** @param {string} name @param {{signal: AbortSignal}} options @param {() => Promise<unknown>} callback */
    async request(name, { signal }, callback) {
      const timedOut = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      while (held.has(name)) await Promise.race([held.get(name), timedOut]);
      const holding = callback();
      held.set(name, holding);
      await holding;
      held.delete(name);
    },
  };
}

/** @param {ReturnType<typeof storageWith> | null} storage @param {ReturnType<typeof lockManager> | null} locks */
function page(storage, locks) {
  return new SeatKey({ slug: "x", storage, clock, locks: /** @type {any} */ (locks) });
}

test("a reload keeps the key, raises the attempt and is another page", async () => {
  const storage = storageWith();
  const first = page(storage, null);
  await first.claim();
  const one = first.next();
  const second = page(storage, null);
  await second.claim();
  assert.equal(second.attempt, 1);
  const two = second.next();
  assert.match(one.key, /^[0-9a-f]{32}$/);
  assert.match(one.page, /^[0-9a-f]{16}$/);
  assert.equal(two.key, one.key);
  assert.notEqual(two.page, one.page);
  assert.deepEqual([one.attempt, two.attempt], [1, 2]);
});

test("a duplicated tab makes a new key, and the first keeps its own", async () => {
  const locks = lockManager();
  const storage = storageWith();
  const first = page(storage, locks);
  await first.claim();
  const copy = page(storageWith({ ...storage.items }), locks);
  const claimed = copy.claim();
  await clock.advance(600);
  await claimed;
  assert.notEqual(copy.next().key, first.next().key);
});

test("a reload waits until the old page releases the lock", async () => {
  const locks = lockManager();
  const storage = storageWith();
  const first = page(storage, locks);
  await first.claim();
  const { key } = first.next();
  const items = { ...storage.items };
  const second = page(storageWith(items), locks);
  const claimed = second.claim();
  first.forget();
  await claimed;
  assert.equal(second.next().key, key);
});

test("invalid or missing storage gives a new key", async () => {
  for (const text of ["", "null", "7", "{", '{"key":"x","attempt":1}', `{"key":"${"0".repeat(32)}","attempt":-1}`]) {
    const key = page(storageWith({ "lanai:seat:x": text }), null);
    await key.claim();
    assert.match(key.next().key, /^[0-9a-f]{32}$/);
    assert.equal(key.attempt, 1);
  }
  const broken = page(
    /** @type {any} */ ({
      getItem: () => {
        throw new Error("no");
      },
      setItem: () => {
        throw new Error("no");
      },
    }),
    null,
  );
  await broken.claim();
  assert.equal(broken.next().attempt, 1);
});

test("after leaving, the next seat has another key", async () => {
  const storage = storageWith();
  const key = page(storage, lockManager());
  await key.claim();
  const before = key.next();
  key.forget();
  assert.deepEqual(storage.items, {});
  await key.claim();
  assert.notEqual(key.next().key, before.key);
});
