import assert from "node:assert/strict";
import { test } from "node:test";

import { Paging } from "../../../../static/js/ui/stage/paging.js";
import { placeTiles } from "../../../../static/js/ui/stage/tile-placement.js";

/** @import { TileItem } from "../../../../static/js/ui/stage/arrangement.js" */

/** @param {string} names - one letter each; the last is me @param {Partial<TileItem>} [more] */
function items(names, more = {}) {
  return [...names].map((name) => ({
    key: name,
    seatId: name,
    screen: false,
    self: name === "z",
    spotlit: false,
    ...more,
  }));
}

/** @param {Paging} paging @param {string} names @param {string | null} [speaking] */
function page(paging, names, speaking = null) {
  return paging
    .shown(items(names), 4, speaking)
    .map((item) => item.key)
    .join("");
}

test("what fits is one page, in the natural order", () => {
  const paging = new Paging();
  assert.equal(page(paging, "abz"), "abz");
  assert.equal(paging.pages, 1);
});

test("it turns forth and back and around", () => {
  const paging = new Paging();
  assert.equal(page(paging, "abcdefgz"), "abcd");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgz"), "efgz");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgz"), "abcd");
  paging.turn(-1);
  assert.equal(page(paging, "abcdefgz"), "efgz");
});

test("whoever speaks out of sight changes places with whoever has been quiet for longest, and stays", () => {
  const paging = new Paging();
  page(paging, "abcdefgz", "a");
  assert.equal(page(paging, "abcdefgz", "f"), "afcd");
  assert.equal(page(paging, "abcdefgz", null), "afcd");
  assert.equal(page(paging, "abcdefgz", "a"), "afcd", "who is in sight moves nobody");
  assert.equal(page(paging, "abcdefgz", "g"), "afgd");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgz", "g"), "ebcz");
});

test("nothing moves under the eyes of somebody who reads another page", () => {
  const paging = new Paging();
  page(paging, "abcdefgz");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgz", "f"), "efgz");
  paging.turn(-1);
  assert.equal(page(paging, "abcdefgz", "f"), "fbcd");
});

test("a spotlight, a screen and I stay in sight", () => {
  const paging = new Paging();
  const [a, b, ...others] = items("abcdef");
  const all = [{ ...a, spotlit: true }, { ...b, screen: true }, ...others];
  assert.deepEqual(
    paging.shown(all, 3, "f").map((item) => item.key),
    ["a", "b", "f"],
  );
});

test("who comes takes the natural place, who goes leaves a page that exists", () => {
  const paging = new Paging();
  page(paging, "abcdefgz");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgyz"), "efgy");
  paging.turn(1);
  assert.equal(page(paging, "abcdefgyz"), "z");
  assert.equal(page(paging, "abcz"), "abcz");
  assert.deepEqual([paging.page, paging.pages], [0, 1]);
});

test("on every screen tiles of a page are large enough, and everybody is on one of the pages", () => {
  for (const area of [
    { w: 1416, h: 810 },
    { w: 744, h: 930 },
    { w: 382, h: 770 },
    { w: 836, h: 330 },
    { w: 300, h: 300 },
  ]) {
    for (let count = 1; count <= 16; count += 1) {
      const plan = { items: items("abcdefghijklmnop".slice(0, count)), stage: null, corner: false };
      const paging = new Paging();
      /** @type {Set<string>} */
      const seen = new Set();
      do {
        for (const [key, { rect }] of placeTiles(plan, area, { paging, speaking: null })) {
          seen.add(key);
          assert.ok(rect.w * rect.h >= 15_000 && rect.y + rect.h <= area.h + 0.5, `${count} on ${area.w}×${area.h}`);
        }
        paging.turn(1);
      } while (paging.page !== 0);
      assert.equal(seen.size, count);
    }
  }
});

test("beside a stage too, everybody is on one of the pages, and the stage does not change with them", () => {
  for (const area of [
    { w: 1416, h: 810 },
    { w: 312, h: 500 },
    { w: 659, h: 321 },
    { w: 312, h: 200 },
  ]) {
    for (let count = 1; count <= 16; count += 1) {
      const plan = { items: items("abcdefghijklmnop".slice(0, count)), stage: "a", corner: false };
      const paging = new Paging();
      /** @type {Set<string>} */
      const seen = new Set();
      /** @type {Set<number>} */
      const stages = new Set();
      do {
        for (const [key, { rect, stage }] of placeTiles(plan, area, { paging, speaking: null })) {
          seen.add(key);
          if (stage) stages.add(rect.w * rect.h);
          else assert.ok(Math.min(rect.w, rect.h) >= 72, `${count} on ${area.w}×${area.h}`);
        }
        paging.turn(1);
      } while (paging.page !== 0);
      assert.equal(seen.size, count);
      assert.equal(stages.size, 1);
    }
  }
});

test("up to eight people need no pages on the screens of this time", () => {
  for (const area of [
    { w: 1416, h: 810 },
    { w: 744, h: 930 },
    { w: 382, h: 770 },
    { w: 836, h: 330 },
  ]) {
    const paging = new Paging();
    placeTiles({ items: items("abcdefgz"), stage: null, corner: false }, area, { paging, speaking: null });
    assert.equal(paging.pages, 1, `${area.w}×${area.h}`);
  }
});
