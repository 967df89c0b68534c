/** Chooses which tiles there are and which one is large. Pure. */

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Layout } from "../kit/layouts.js"
 */

/** @typedef {{key: string, seatId: string, screen: boolean, self: boolean, spotlit: boolean}} TileItem */
/** @typedef {{items: TileItem[], stage: string | null, corner: boolean}} Arrangement */

/**
 * @typedef {Object} StageChoice
 * @property {Layout} layout
 * @property {string | null} pinned - the tile a person chose
 * @property {string | null} speaking - the seat that speaks, or spoke last
 * @property {string | null} last - the tile that was large until now
 */

/** @param {string} seatId @param {boolean} screen */
export function keyOf(seatId, screen) {
  return `${screen ? "screen" : "seat"}:${seatId}`;
}

/**
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
 * The others in the order they came, then me; a screen beside its owner.
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
 * My own choice beats everything, in a grid too; a shared screen beats the spotlight, and that whoever speaks. In a
 * grid the spotlight comes first instead of large. I see myself large only when alone, and my own screen only when
 * chosen: it would show itself without end.
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
