/** Divides tiles into pages. Pure. */

/** @import { TileItem } from "./arrangement.js" */

/**
 * The pages of tiles and the shown one. Tiles keep their place, except that a speaker on another page swaps places with
 * the person on the first page who has been quiet for longest.
 */
export class Paging {
  /** @type {string[]} keys, the first page first */
  #order = [];
  /** @type {Map<string, number>} key -> the turn in which it last spoke */
  #lastSpoke = new Map();
  #turns = 0;
  page = 0;
  pages = 1;

  /**
   * Turns pages, from the last to the first and back.
   * @param {number} by
   */
  turn(by) {
    this.page = (this.page + by + this.pages) % this.pages;
  }

  /**
   * The tiles on the shown page.
   * @param {readonly TileItem[]} items - in their natural order @param {number} size - of a page
   * @param {string | null} speaking - seat of the current or latest speaker
   * @returns {TileItem[]}
   */
  shown(items, size, speaking) {
    this.pages = Math.max(1, Math.ceil(items.length / size));
    this.page = Math.min(this.page, this.pages - 1);
    this.#updateOrder(items);
    const speaker = items.find((item) => !item.screen && item.seatId === speaking);
    if (speaker !== undefined) this.#recordSpeaker(speaker.key, items, size);
    const from = this.page * size;
    const keys = this.#order.slice(from, from + size);
    return keys.flatMap((key) => items.find((item) => item.key === key) ?? []);
  }

  /**
   * Removes tiles that are gone and inserts new ones before their natural successor.
   * @param {readonly TileItem[]} items
   */
  #updateOrder(items) {
    const keys = items.map((item) => item.key);
    if (this.pages === 1) {
      this.#order = keys;
      return;
    }
    this.#order = this.#order.filter((key) => keys.includes(key));
    for (const [index, key] of keys.entries()) {
      if (this.#order.includes(key)) continue;
      const next = keys.slice(index + 1).find((after) => this.#order.includes(after));
      this.#order.splice(next === undefined ? this.#order.length : this.#order.indexOf(next), 0, key);
    }
  }

  /**
   * Swaps a speaker onto the first page, unless another page is shown: nothing moves while it is being looked at.
   * @param {string} key @param {readonly TileItem[]} items @param {number} size
   */
  #recordSpeaker(key, items, size) {
    this.#turns += 1;
    this.#lastSpoke.set(key, this.#turns);
    const at = this.#order.indexOf(key);
    if (this.page !== 0 || at < size) return;
    const stays = new Set(items.filter((item) => item.self || item.screen || item.spotlit).map((item) => item.key));
    const quiet = this.#order.slice(0, size).filter((other) => !stays.has(other));
    const first = quiet.sort((a, b) => (this.#lastSpoke.get(a) ?? 0) - (this.#lastSpoke.get(b) ?? 0))[0];
    if (first === undefined) return;
    const place = this.#order.indexOf(first);
    [this.#order[place], this.#order[at]] = [key, first];
  }
}
