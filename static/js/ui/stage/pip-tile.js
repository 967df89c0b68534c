/** Renders the tile of the picture-in-picture window. */

import { gettext } from "../../words.js";
import { ScreenTile, SeatTile } from "./tile.js";

/** @import { TileItem } from "./arrangement.js" */

/** A second tile of the speaker or the large one, in the picture-in-picture window. */
export class PipTile {
  /** @type {HTMLElement | null} */
  #home = null;
  /** @type {{item: TileItem, tile: SeatTile | ScreenTile} | null} */
  #shown = null;

  /** The tile and its item, or null while there is none. */
  get shown() {
    return this.#shown;
  }

  /**
   * Sets the element that holds the tile; null when the window is closed.
   * @param {HTMLElement | null} home
   */
  setHome(home) {
    this.#clear();
    this.#home = home;
  }

  /**
   * Shows another item.
   * @param {TileItem | undefined} item
   * @returns {boolean} whether a new tile was made, which needs its stream
   */
  choose(item) {
    if (this.#home === null || item?.key === this.#shown?.item.key) return false;
    this.#clear();
    if (item === undefined) return false;
    // A click brings the meeting's window to the front.
    const label = (/** @type {string} */ name) => gettext("{name}. Back to the meeting", { name });
    const choices = { label, choose: () => window.focus(), menu: () => undefined };
    const tile = item.screen ? new ScreenTile(item.seatId, choices) : new SeatTile(item.seatId, choices);
    tile.more.remove();
    this.#home.append(tile.slot);
    this.#shown = { item, tile };
    return true;
  }

  /**
   * The height of a seat's picture in this tile, in device pixels; 0 where it shows something else.
   * @param {string} seatId
   */
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
