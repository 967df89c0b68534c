/** Computes tile rectangles, in CSS pixels, for the grid, strip and corner layouts. Pure. */

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Rect
 * @typedef {{w: number, h: number}} Size
 * @typedef {{gap: number, widest?: number, tallest?: number}} GridOptions
 *   widest and tallest bound a tile's width:height ratio.
 */

const WIDE = 16 / 9;
const STANDARD = 4 / 3;
const NARROW = 1 / 1.3; // a portrait tile taller than this shows mostly ceiling
const MIN_TILE_AREA = 48_000; // px², smallest tile of a grid
const MIN_TILE_AREA_PHONE = 15_000; // px²
const PHONE_SIDE = 500; // px; an area with a shorter side below this is a phone's
const STRIP_MIN = 84; // px, faces can be recognised at this height
const STRIP_LEAST = 72; // px, room for the name and the tile's button; below this the strip gets pages
const STRIP_MAX = 168; // px
const STRIP_SHARE = 0.42; // of the area, at most, is used by the strip

/**
 * The largest tile in a cell whose width:height ratio is within the bounds.
 * @param {number} width @param {number} height @param {number} widest @param {number} tallest
 * @returns {Size}
 */
export function fit(width, height, widest = WIDE, tallest = NARROW) {
  const aspect = width / Math.max(height, 1);
  if (aspect > widest) return { w: height * widest, h: height };
  if (aspect < tallest) return { w: width, h: width / tallest };
  return { w: width, h: height };
}

/**
 * A grid of equal tiles, with the number of columns that gives the largest tiles.
 * @param {number} count @param {Size} area @param {GridOptions} options
 * @returns {Rect[]}
 */
export function bestGrid(count, area, { gap, widest = WIDE, tallest }) {
  const floor = tallest ?? (area.w > area.h ? STANDARD : NARROW);
  let best = { columns: 1, w: 0, h: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (area.w - gap * (columns - 1)) / columns;
    const cellHeight = (area.h - gap * (rows - 1)) / rows;
    if (cellWidth <= 0 || cellHeight <= 0) continue;
    const tile = fit(cellWidth, cellHeight, widest, floor);
    if (tile.w * tile.h > best.w * best.h + 1) best = { columns, ...tile };
  }
  return rowsOf(count, best.columns, { w: best.w, h: best.h }, area, gap);
}

/**
 * The number of tiles per page of a grid, so that no tile is below the minimum size and pages are filled evenly.
 * @param {number} count @param {Size} area @param {number} gap
 */
export function pageSize(count, area, gap) {
  const least = Math.min(area.w, area.h) < PHONE_SIDE ? MIN_TILE_AREA_PHONE : MIN_TILE_AREA;
  let size = count;
  while (size > 1 && surface(bestGrid(size, area, { gap })[0]) < least) size -= 1;
  return Math.ceil(count / Math.ceil(count / Math.max(1, size)));
}

/** @param {Size} [tile] */
function surface(tile) {
  return tile === undefined ? 0 : tile.w * tile.h;
}

/**
 * Rows of equal tiles; the block and a shorter last row are centred in the area.
 * @param {number} count @param {number} columns @param {Size} tile @param {Size} area @param {number} gap
 * @returns {Rect[]}
 */
function rowsOf(count, columns, tile, area, gap) {
  const rows = Math.ceil(count / columns);
  const top = (area.h - rows * tile.h - gap * (rows - 1)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = (area.w - inRow * tile.w - gap * (inRow - 1)) / 2;
    return {
      x: left + (index % columns) * (tile.w + gap),
      y: top + row * (tile.h + gap),
      ...tile,
    };
  });
}

/**
 * One large tile and the others in a strip of one to three lanes beside or below it; the best-scoring of these.
 * @param {number} others @param {Size} area @param {number} gap
 * @returns {{stage: Rect, strip: Rect[]}}
 */
export function stageAndStrip(others, area, gap) {
  if (others === 0) return { stage: { x: 0, y: 0, ...area }, strip: [] };
  const plans = [1, 2, 3].flatMap((lanes) => [
    sideStrip(others, lanes, area, gap),
    bottomStrip(others, lanes, area, gap),
  ]);
  return plans.reduce((best, plan) => (score(plan) > score(best) ? plan : best));
}

/**
 * The number of tiles per page of a strip, so that none is below the minimum size and pages are filled evenly.
 * @param {number} others @param {Size} area @param {number} gap
 */
export function stripSize(others, area, gap) {
  let size = others;
  while (size > 1 && shorterSide(stageAndStrip(size, area, gap).strip[0]) < STRIP_LEAST) size -= 1;
  return others === 0 ? 0 : Math.ceil(others / Math.ceil(others / size));
}

/** @param {Rect} [tile] */
function shorterSide(tile) {
  return tile === undefined ? 0 : Math.min(tile.w, tile.h);
}

/**
 * The score of a plan: mostly the area of the large tile, halved where the strip's tiles are too small to see.
 * @param {{stage: Rect, strip: Rect[]}} plan
 */
function score({ stage, strip }) {
  const shown = fit(stage.w, stage.h, 2, NARROW);
  const tile = /** @type {Rect} */ (strip[0]);
  const visible = Math.min(1, tile.h / STRIP_MIN, tile.w / STRIP_MIN);
  return shown.w * shown.h * (visible < 1 ? visible / 2 : 1) + tile.w * tile.h * strip.length;
}

/** @param {number} length - the side of the area that limits the strip */
function stripHeight(length) {
  return Math.max(STRIP_MIN, Math.min(STRIP_MAX, length * 0.2));
}

/** @param {number} others @param {number} lanes @param {Size} area @param {number} gap */
function sideStrip(others, lanes, area, gap) {
  const rows = Math.ceil(others / lanes);
  const widest = (area.w * STRIP_SHARE - gap * lanes) / lanes;
  const h = Math.min(stripHeight(area.h), (area.h - gap * (rows - 1)) / rows, widest);
  const w = Math.min(h * WIDE, widest);
  const block = lanes * (w + gap);
  const stage = { x: 0, y: 0, w: area.w - block, h: area.h };
  const strip = rowsOf(others, lanes, { w, h }, { w: block - gap, h: area.h }, gap);
  return { stage, strip: strip.map((rect) => ({ ...rect, x: rect.x + stage.w + gap })) };
}

/** @param {number} others @param {number} lanes @param {Size} area @param {number} gap */
function bottomStrip(others, lanes, area, gap) {
  const columns = Math.ceil(others / lanes);
  const cell = (area.w - gap * (columns - 1)) / columns;
  const tallest = (area.h * STRIP_SHARE - gap * lanes) / lanes;
  const h = Math.min(stripHeight(area.h), tallest, Math.max(cell / WIDE, Math.min(cell, STRIP_MIN)));
  const w = Math.min(cell, h * WIDE);
  const block = lanes * (h + gap);
  const stage = { x: 0, y: 0, w: area.w, h: area.h - block };
  const strip = rowsOf(others, columns, { w, h }, { w: area.w, h: block - gap }, gap);
  return { stage, strip: strip.map((rect) => ({ ...rect, y: rect.y + stage.h + gap })) };
}

/**
 * The layout of a conversation of two: the other person fills the area, my tile lies in a corner.
 * @param {Size} area @param {number} gap
 * @returns {{stage: Rect, strip: Rect[]}}
 */
export function stageAndCorner(area, gap) {
  const portrait = area.h > area.w;
  const w = portrait ? Math.max(96, Math.min(140, area.w * 0.28)) : Math.max(120, Math.min(256, area.w * 0.2));
  const h = portrait ? w * 1.3 : w / WIDE;
  const corner = { x: area.w - w - gap, y: area.h - h - gap, w, h };
  return { stage: { x: 0, y: 0, ...area }, strip: [corner] };
}

const MARGIN = 8; // px to the edge of the window

/**
 * The position of a button's menu: below it, or above where there is no room, and always inside the window.
 * @param {{left: number, top: number, right: number, bottom: number}} button @param {Size} menu @param {Size} area
 * @returns {{x: number, y: number}}
 */
export function menuPosition(button, menu, area) {
  const below = button.bottom + menu.h + MARGIN <= area.h;
  const y = below ? button.bottom : button.top - menu.h;
  return {
    x: Math.max(MARGIN, Math.min(button.right - menu.w, area.w - menu.w - MARGIN)),
    y: Math.max(MARGIN, Math.min(y, area.h - menu.h - MARGIN)),
  };
}
