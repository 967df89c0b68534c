import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bestGrid,
  fit,
  menuPosition,
  stageAndCorner,
  stageAndStrip,
} from "../../../../static/js/ui/stage/grid-layout.js";

/** @import { Rect } from "../../../../static/js/ui/stage/grid-layout.js" */

const SCREENS = [
  { w: 1440, h: 800 },
  { w: 1100, h: 800 },
  { w: 768, h: 940 },
  { w: 390, h: 760 },
  { w: 844, h: 320 },
  { w: 360, h: 560 },
];

/** @param {Rect[]} rects @param {{w: number, h: number}} area */
function assertInside(rects, area) {
  for (const rect of rects) {
    assert.ok(rect.w > 0 && rect.h > 0, "a tile has a size");
    assert.ok(rect.x >= -0.5 && rect.y >= -0.5, "inside, left and top");
    assert.ok(rect.x + rect.w <= area.w + 0.5, `inside, right: ${rect.x + rect.w} of ${area.w}`);
    assert.ok(rect.y + rect.h <= area.h + 0.5, `inside, bottom: ${rect.y + rect.h} of ${area.h}`);
  }
}

/** @param {Rect[]} rects */
function assertApart(rects) {
  rects.forEach((one, index) => {
    for (const other of rects.slice(index + 1)) {
      const apart =
        one.x + one.w <= other.x + 0.5 ||
        other.x + other.w <= one.x + 0.5 ||
        one.y + one.h <= other.y + 0.5 ||
        other.y + other.h <= one.y + 0.5;
      assert.ok(apart, "no two tiles overlap");
    }
  });
}

test("it keeps a tile within its bounds of width to height", () => {
  assert.deepEqual(fit(1600, 100), { w: (100 * 16) / 9, h: 100 });
  assert.deepEqual(fit(100, 1000), { w: 100, h: 130 });
  assert.deepEqual(fit(150, 100), { w: 150, h: 100 });
});

test("it puts four people in two rows of two on a wide screen", () => {
  const rects = bestGrid(4, { w: 1440, h: 800 }, { gap: 8 });
  assert.equal(new Set(rects.map((rect) => Math.round(rect.y))).size, 2);
});

test("it stacks two people on a phone held upright and sets them side by side on a wide screen", () => {
  const upright = bestGrid(2, { w: 390, h: 760 }, { gap: 8 });
  assert.equal(upright[0]?.x, upright[1]?.x);
  const wide = bestGrid(2, { w: 1440, h: 600 }, { gap: 8 });
  assert.equal(wide[0]?.y, wide[1]?.y);
});

test("it centres a shorter last row", () => {
  const rects = bestGrid(3, { w: 1440, h: 800 }, { gap: 8 });
  const last = /** @type {Rect} */ (rects[2]);
  assert.ok(Math.abs(last.x + last.w / 2 - 720) < 1);
});

test("it fits every number of tiles into every screen, in a grid and beside a stage", () => {
  for (const area of SCREENS) {
    for (let count = 1; count <= 16; count += 1) {
      const grid = bestGrid(count, area, { gap: 8 });
      assertInside(grid, area);
      assertApart(grid);
      const { stage, strip } = stageAndStrip(count - 1, area, 8);
      assert.equal(strip.length, count - 1);
      assertInside([stage, ...strip], area);
      assertApart([stage, ...strip]);
      assert.ok(stage.w * stage.h >= 0.3 * area.w * area.h, `the stage is big (${count})`);
    }
  }
});

test("it never shrinks the strip of a small meeting below what can be seen", () => {
  for (const area of SCREENS) {
    for (const rect of stageAndStrip(3, area, 8).strip) assert.ok(Math.min(rect.w, rect.h) >= 72);
  }
});

test("it puts me in the corner of a conversation of two", () => {
  for (const area of SCREENS) {
    const { stage, strip } = stageAndCorner(area, 8);
    assert.deepEqual(stage, { x: 0, y: 0, ...area });
    assertInside(strip, area);
  }
});

test("a menu opens below its button, above where there is no room, and never outside the window", () => {
  const area = { w: 390, h: 844 };
  const menu = { w: 240, h: 300 };
  assert.deepEqual(menuPosition({ left: 300, top: 10, right: 344, bottom: 54 }, menu, area), { x: 104, y: 54 });
  assert.deepEqual(menuPosition({ left: 300, top: 700, right: 344, bottom: 744 }, menu, area), { x: 104, y: 400 });
  assert.deepEqual(menuPosition({ left: 0, top: 100, right: 44, bottom: 144 }, menu, { w: 390, h: 320 }), {
    x: 8,
    y: 8,
  });
});
