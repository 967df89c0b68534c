import assert from "node:assert/strict";
import { test } from "node:test";
import { LogWindow, PORTION, WINDOW, WINDOW_MAX } from "../../../../static/js/ui/chat/log-window.js";

/** A log and the messages of it that are in the document, drawn frame by frame. */
class Log {
  window = new LogWindow();
  /** @type {string[]} */
  keys = [];
  /** @type {string[]} */
  shown = [];
  #count = 0;

  /** @param {number} count */
  arrive(count) {
    for (let number = 0; number < count; number += 1) this.keys.push(`line ${(this.#count += 1)}`);
    this.keys = this.keys.slice(-1_000);
    return this;
  }

  /** @returns {number} messages that this frame added to the document */
  frame() {
    const before = new Set(this.shown);
    const { from, to } = this.window.next(this.keys, before);
    this.shown = this.keys.slice(from, to);
    return this.shown.filter((key) => !before.has(key)).length;
  }

  /** @returns {number} the most messages that a frame added */
  settle() {
    let most = 0;
    do most = Math.max(most, this.frame());
    while (this.window.incomplete(this.keys.length));
    return most;
  }
}

test("an opened log shows its last messages first and is filled by portions", () => {
  const log = new Log().arrive(1_000);
  assert.equal(log.frame(), PORTION);
  assert.deepEqual(log.shown, log.keys.slice(-PORTION));
  assert.ok(log.settle() <= PORTION);
  assert.deepEqual(log.shown, log.keys.slice(-WINDOW));
});

test("a flood keeps the end in view, a portion at a time", () => {
  const log = new Log();
  for (let frame = 0; frame < 100; frame += 1) {
    assert.ok(log.arrive(40).frame() <= PORTION);
    assert.equal(log.shown.at(-1), log.keys.at(-1));
    assert.ok(log.shown.length <= WINDOW);
  }
  assert.ok(log.settle() <= PORTION);
  assert.deepEqual(log.shown, log.keys.slice(-WINDOW));
});

test("every earlier message is reached by portions, and never more than the maximum is shown", () => {
  const log = new Log().arrive(1_000);
  log.settle();
  const seen = new Set(log.shown);
  while (log.shown[0] !== log.keys[0]) {
    log.window.extend(-1);
    assert.ok(log.frame() <= PORTION);
    assert.ok(log.shown.length <= WINDOW_MAX);
    for (const key of log.shown) seen.add(key);
  }
  assert.equal(seen.size, 1_000);
  while (!log.window.reaches(log.keys.length)) {
    log.window.extend(1);
    assert.ok(log.frame() <= PORTION);
    assert.ok(log.shown.length <= WINDOW_MAX);
  }
  assert.equal(log.shown.at(-1), "line 1000");
  log.window.follow();
  log.frame();
  assert.deepEqual(log.shown, log.keys.slice(-WINDOW));
});

test("what is being read stays while others write", () => {
  const log = new Log().arrive(500);
  log.settle();
  log.window.extend(-1);
  log.frame();
  const reading = log.shown;
  log.arrive(200).settle();
  assert.deepEqual(log.shown, reading);
  assert.equal(log.window.reaches(log.keys.length), false);
});

test("a short log shows what arrives also while its start is being read", () => {
  const log = new Log().arrive(3);
  log.frame();
  log.window.stay();
  log.arrive(2).frame();
  assert.deepEqual(log.shown, log.keys);
});

test("a reader whose messages the log has dropped goes on with the oldest that it has", () => {
  const log = new Log().arrive(1_000);
  log.window.toStart(log.keys);
  log.settle();
  log.arrive(1_000).settle();
  assert.equal(log.shown[0], "line 1001");
  assert.ok(log.shown.length <= WINDOW_MAX);
});

test("the start of the log is shown at once", () => {
  const log = new Log().arrive(1_000);
  log.settle();
  log.window.toStart(log.keys);
  assert.ok(log.frame() <= 2 * PORTION);
  assert.equal(log.shown[0], "line 1");
  assert.ok(log.settle() <= PORTION);
  assert.deepEqual(log.shown, log.keys.slice(0, WINDOW));
});

test("an empty log shows nothing", () => {
  const log = new Log();
  assert.equal(log.frame(), 0);
  log.window.toStart(log.keys);
  assert.equal(log.frame(), 0);
  assert.deepEqual(log.shown, []);
});
