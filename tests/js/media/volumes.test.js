import assert from "node:assert/strict";
import { test } from "node:test";

import { Volumes, volumeCanBeSet } from "../../../static/js/media/volumes.js";

/** @param {Record<string, unknown>} [kept] */
function memory(kept = {}) {
  return {
    kept,
    load() {
      return this.kept;
    },
    save(/** @type {Record<string, unknown>} */ value) {
      this.kept = value;
    },
  };
}

test("everybody is heard in full until turned down", () => {
  const volumes = new Volumes(memory());
  assert.equal(volumes.of("seat:a"), 1);
  volumes.set("seat:a", 0.4);
  assert.deepEqual([volumes.of("seat:a"), volumes.of("seat:b")], [0.4, 1]);
});

test("chosen volumes are kept, and full ones are forgotten", () => {
  const kept = memory();
  const volumes = new Volumes(kept);
  volumes.set("seat:a", 0.4);
  volumes.set("screen:a", 0);
  assert.deepEqual(kept.kept, { "seat:a": 0.4, "screen:a": 0 });
  volumes.set("seat:a", 1);
  assert.deepEqual(kept.kept, { "screen:a": 0 });
  assert.equal(new Volumes(kept).of("screen:a"), 0);
});

test("invalid values in storage mute nobody", () => {
  const volumes = new Volumes(memory({ "seat:a": "0", "seat:b": -1, "seat:c": NaN, "seat:d": 7 }));
  assert.deepEqual(
    ["a", "b", "c", "d"].map((id) => volumes.of(`seat:${id}`)),
    [1, 1, 1, 1],
  );
});

test("it reports whose volume changed", () => {
  const volumes = new Volumes(memory());
  /** @type {string[]} */
  const told = [];
  volumes.addEventListener("change", (event) => told.push(/** @type {CustomEvent} */ (event).detail.key));
  volumes.set("seat:a", 0.5);
  assert.deepEqual(told, ["seat:a"]);
});

test("it detects a system on which pages cannot set the volume", () => {
  assert.equal(volumeCanBeSet(/** @type {HTMLAudioElement} */ ({ volume: 1 })), true);
  assert.equal(volumeCanBeSet(Object.freeze(/** @type {HTMLAudioElement} */ (fixed()))), false);
});

function fixed() {
  return {
    get volume() {
      return 1;
    },
    set volume(_) {},
  };
}
