/** Chooses the tiles, their order and the large one. Pure. */

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Layout } from "../kit/layouts.js"
 */

/** @typedef {{key: string, seatId: string, screen: boolean, self: boolean, spotlit: boolean}} TileItem */
/**
 * @typedef {Object} Arrangement
 * @property {TileItem[]} items
 * @property {string | null} stage - key of the large tile
 * @property {boolean} corner - a conversation of two: the other tile lies in a corner of the large one
 */

/**
 * @typedef {Object} StageChoice
 * @property {Layout} layout
 * @property {string | null} pinned - key of the pinned tile
 * @property {string | null} speaking - seat of the current or latest speaker
 * @property {string | null} last - key of the tile that was large until now
 */

/**
 * The key of a tile.
 * @param {string} seatId @param {boolean} screen
 */
export function keyOf(seatId, screen) {
  return `${screen ? "screen" : "seat"}:${seatId}`;
}

/**
 * The arrangement for a state of the call. In the grid the spotlit person comes first instead of being large.
 * @param {CallState} state @param {StageChoice} choice
 * @returns {Arrangement}
 */
export function arrangement(state, choice) {
  const all = itemsOf(state);
  const items =
    choice.layout === "grid" ? [...all.filter((item) => item.spotlit), ...all.filter((item) => !item.spotlit)] : all;
  const stage = stageOf(items, choice);
  const corner = items.length === 2 && stage !== null && choice.layout === "auto";
  return { items, stage, corner };
}

/**
 * All tiles: others by time of joining, me last, a shared screen after its owner.
 * @param {CallState} state
 */
function itemsOf(state) {
  const seats = Object.values(state.seats).sort(
    (a, b) =>
      Number(a.id === state.me) - Number(b.id === state.me) || a.joined_at - b.joined_at || a.id.localeCompare(b.id),
  );
  return seats.flatMap((seat) => {
    const self = seat.id === state.me;
    const sharing = self ? state.local.screen : seat.screen;
    return (sharing ? [false, true] : [false]).map((screen) => ({
      key: keyOf(seat.id, screen),
      seatId: seat.id,
      screen,
      self,
      spotlit: seat.spotlight && !screen,
    }));
  });
}

/**
 * The key of the large tile. Precedence: pinned tile (also in the grid), shared screen, spotlight, speaker. My own tile
 * is large only while I am alone, my own screen only when pinned: it would show itself recursively.
 * @param {TileItem[]} items @param {StageChoice} choice
 * @returns {string | null}
 */
function stageOf(items, { layout, pinned, speaking, last }) {
  const has = (/** @type {string | null} */ key) => items.some((item) => item.key === key);
  if (pinned !== null && has(pinned)) return pinned;
  if (layout === "grid") return null;
  const others = items.filter((item) => !item.self);
  const screens = others.filter((item) => item.screen);
  const screen = screens.find((item) => item.key === last) ?? screens[screens.length - 1];
  if (layout === "auto" && screen !== undefined) return screen.key;
  const people = others.filter((item) => !item.screen);
  const chosen =
    people.find((item) => item.spotlit) ??
    people.find((item) => item.seatId === speaking) ??
    people.find((item) => item.key === last) ??
    people[0];
  return (chosen ?? items[0])?.key ?? null;
}
