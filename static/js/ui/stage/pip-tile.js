/** Renders the large tile a second time, in the picture-in-picture window. */

import { gettext } from "../../words.js";
import { ScreenTile, SeatTile } from "./tile.js";

/** @import { TileItem } from "./arrangement.js" */

export class PipTile {
  /** @type {HTMLElement | null} */
  #home = null;
  /** @type {{item: TileItem, tile: SeatTile | ScreenTile} | null} */
  #shown = null;

  get shown() {
    return this.#shown;
  }

  /** @param {HTMLElement | null} home */
  setHome(home) {
    this.#clear();
    this.#home = home;
  }

  /** @param {TileItem | undefined} item @returns {boolean} whether it needs its picture */
  choose(item) {
    if (this.#home === null || item?.key === this.#shown?.item.key) return false;
    this.#clear();
    if (item === undefined) return false;
    // The meeting's own window comes to the front.
    const label = (/** @type {string} */ name) => gettext("{name}. Back to the meeting", { name });
    const choices = { label, choose: () => window.focus(), menu: () => undefined };
    const tile = item.screen ? new ScreenTile(item.seatId, choices) : new SeatTile(item.seatId, choices);
    tile.more.remove();
    this.#home.append(tile.slot);
    this.#shown = { item, tile };
    return true;
  }

  /** How high its picture is wanted. @param {string} seatId */
  heightFor(seatId) {
    const { item, tile } = this.#shown ?? {};
    if (item?.seatId !== seatId || item.screen || tile === undefined) return 0;
    return Math.round(tile.slot.clientHeight * window.devicePixelRatio);
  }

  #clear() {
    this.#shown?.tile.remove();
    this.#shown = null;
  }
}
