/** Places each tile of an arrangement in the available area. Pure. */

import { bestGrid, pageSize, stageAndCorner, stageAndStrip, stripSize } from "./grid-layout.js";

/**
 * @import { Arrangement, TileItem } from "./arrangement.js"
 * @import { Rect, Size } from "./grid-layout.js"
 * @import { Paging } from "./paging.js"
 */

/** @typedef {{rect: Rect, stage: boolean, corner: boolean}} Placement - stage: the large tile */

const WIDE_AREA = 800; // px, from which gaps are wider
const PAGER_HEIGHT = 48; // px, reserved below the tiles where there are pages

/**
 * @typedef {Object} Now
 * @property {Paging} paging
 * @property {string | null} speaking - seat of the current or latest speaker
 */

/**
 * The placement of each tile on the shown page, by key. Tiles on other pages have none.
 * @param {Arrangement} plan @param {Size} area @param {Now} now
 * @returns {Map<string, Placement>}
 */
export function placeTiles({ items, stage, corner }, area, now) {
  const gap = area.w < WIDE_AREA ? 6 : 10;
  if (stage === null) return placeGrid(items, area, gap, now);
  const others = items.filter((item) => item.key !== stage);
  if (corner) {
    now.paging.shown(others, others.length, null);
    return placeStage(stage, others, stageAndCorner(area, gap), true);
  }
  const all = stripSize(others.length, area, gap) >= others.length;
  const room = all ? area : above(area);
  const size = all ? others.length : stripSize(others.length, room, gap);
  const shown = now.paging.shown(others, Math.max(1, size), now.speaking);
  return placeStage(stage, shown, stageAndStrip(size, room, gap), false); // a last page with fewer tiles keeps their size
}

/** @param {Size} area @returns {Size} */
function above(area) {
  return { w: area.w, h: area.h - PAGER_HEIGHT };
}

/**
 * @param {string} stage @param {readonly TileItem[]} others
 * @param {{stage: Rect, strip: Rect[]}} rects @param {boolean} corner
 * @returns {Map<string, Placement>}
 */
function placeStage(stage, others, rects, corner) {
  /** @type {Map<string, Placement>} */
  const places = new Map([[stage, { rect: rects.stage, stage: true, corner: false }]]);
  others.forEach((item, index) => {
    const rect = rects.strip[index];
    if (rect !== undefined) places.set(item.key, { rect, stage: false, corner });
  });
  return places;
}

/**
 * @param {readonly TileItem[]} items @param {Size} area
 * @param {number} gap @param {Now} now
 * @returns {Map<string, Placement>}
 */
function placeGrid(items, area, gap, { paging, speaking }) {
  const all = pageSize(items.length, area, gap) >= items.length;
  const room = all ? area : above(area);
  const shown = paging.shown(items, all ? items.length : pageSize(items.length, room, gap), speaking);
  const rects = bestGrid(shown.length, room, { gap });
  return new Map(
    rects.map((rect, index) => [
      /** @type {{key: string}} */ (shown[index]).key,
      { rect, stage: false, corner: false },
    ]),
  );
}
