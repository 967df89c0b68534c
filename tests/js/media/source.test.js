import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Source } from "../../../static/js/media/source.js";

class Track extends EventTarget {
  kind = "audio";
  enabled = true;
  readyState = "live";

  stop() {
    this.readyState = "ended";
  }
}

/** @type {Track[]} */
let given = [];

async function getUserMedia() {
  const track = new Track();
  given.push(track);
  return { getTracks: () => [track] };
}

beforeEach(() => {
  given = [];
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices: { getUserMedia } }, configurable: true });
});

async function microphone() {
  const source = new Source("audio", "");
  await source.set(true);
  return source;
}

test("a microphone that the system silenced is requested again when the person is back", async () => {
  const source = await microphone();
  given[0].dispatchEvent(new Event("mute"));
  given[0].dispatchEvent(new Event("unmute"));
  await source.recover();
  assert.equal(given.length, 2);
  assert.equal(source.track, given[1]);
  assert.equal(given[0].readyState, "ended");
  await source.recover();
  assert.equal(given.length, 2);
});

test("a microphone that was never silenced is left alone", async () => {
  const source = await microphone();
  await source.recover();
  assert.equal(given.length, 1);
});

test("a muted person stays muted with the new microphone", async () => {
  const source = await microphone();
  await source.set(false);
  given[0].dispatchEvent(new Event("mute"));
  await source.recover();
  assert.equal(given[1].enabled, false);
});

test("a microphone that ends is replaced at once", async () => {
  const source = await microphone();
  const replaced = new Promise((resolve) => source.addEventListener("replaced", resolve));
  given[0].dispatchEvent(new Event("ended"));
  await replaced;
  assert.equal(source.track, given[1]);
});
