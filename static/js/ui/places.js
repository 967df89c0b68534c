// Where each tile of an arrangement goes. Pure.

import { bestGrid, pageSize, stageAndCorner, stageAndStrip } from "./gridmath.js";

/** @typedef {{rect: import("./gridmath.js").Rect, stage: boolean, corner: boolean}} Place */

const ROOMY = 800; // px
const PAGER = 48; // px, what turns the pages lies below them

/**
 * @param {import("./arrangement.js").Arrangement} plan @param {import("./gridmath.js").Size} area
 * @param {{paging: import("./paging.js").Paging, speaking: string|null}} now
 * @returns {Map<string, Place>} by key; who is on another page has none
 */
export function placesOf(plan, area, { paging, speaking }) {
  const gap = area.w < ROOMY ? 6 : 10;
  if (plan.stage === null) return gridOf(plan.items, area, gap, { paging, speaking });
  const { stage, strip } = plan.corner ? stageAndCorner(area, gap) : stageAndStrip(plan.items.length - 1, area, gap);
  /** @type {Map<string, Place>} */
  const places = new Map([[plan.stage, { rect: stage, stage: true, corner: false }]]);
  plan.items
    .filter((item) => item.key !== plan.stage)
    .forEach((item, index) => {
      const rect = strip[index];
      if (rect !== undefined) places.set(item.key, { rect, stage: false, corner: plan.corner });
    });
  paging.shown(plan.items, plan.items.length, null);
  return places;
}

/**
 * @param {readonly import("./arrangement.js").Item[]} items @param {import("./gridmath.js").Size} area @param {number} gap
 * @param {{paging: import("./paging.js").Paging, speaking: string|null}} now
 * @returns {Map<string, Place>}
 */
function gridOf(items, area, gap, { paging, speaking }) {
  const all = pageSize(items.length, area, gap) >= items.length;
  const room = all ? area : { w: area.w, h: area.h - PAGER };
  const shown = paging.shown(items, all ? items.length : pageSize(items.length, room, gap), speaking);
  const rects = bestGrid(shown.length, room, { gap });
  return new Map(
    rects.map((rect, index) => [/** @type {{key: string}} */ (shown[index]).key, { rect, stage: false, corner: false }]),
  );
}
