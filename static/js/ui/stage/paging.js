/**
 * Chooses which tiles are on the shown page where they do not all fit. Everybody keeps their place; only a person who
 * speaks out of sight changes places with the one of the first page who has been quiet for longest. Pure.
 */

/** @import { TileItem } from "./arrangement.js" */

export class Paging {
  /** @type {string[]} keys, the first page first */
  #order = [];
  /** @type {Map<string, number>} key -> when it last spoke, in turns */
  #spoke = new Map();
  #turns = 0;
  page = 0;
  pages = 1;

  /** @param {number} by */
  turn(by) {
    this.page = (this.page + by + this.pages) % this.pages;
  }

  /**
   * @param {readonly TileItem[]} items - in their natural order @param {number} size - of a page
   * @param {string | null} speaking - the seat that speaks, or spoke last
   * @returns {TileItem[]} those on the page
   */
  shown(items, size, speaking) {
    this.pages = Math.max(1, Math.ceil(items.length / size));
    this.page = Math.min(this.page, this.pages - 1);
    this.#follow(items);
    const speaker = items.find((item) => !item.screen && item.seatId === speaking);
    if (speaker !== undefined) this.#hear(speaker.key, items, size);
    const from = this.page * size;
    const keys = this.#order.slice(from, from + size);
    return keys.flatMap((key) => items.find((item) => item.key === key) ?? []);
  }

  /**
   * Newcomers come before whom they would naturally precede.
   * @param {readonly TileItem[]} items
   */
  #follow(items) {
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
   * Nothing moves under the eyes of somebody who reads another page.
   * @param {string} key @param {readonly TileItem[]} items @param {number} size
   */
  #hear(key, items, size) {
    this.#turns += 1;
    this.#spoke.set(key, this.#turns);
    const at = this.#order.indexOf(key);
    if (this.page !== 0 || at < size) return;
    const stays = new Set(items.filter((item) => item.self || item.screen || item.spotlit).map((item) => item.key));
    const quiet = this.#order.slice(0, size).filter((other) => !stays.has(other));
    const first = quiet.sort((a, b) => (this.#spoke.get(a) ?? 0) - (this.#spoke.get(b) ?? 0))[0];
    if (first === undefined) return;
    const place = this.#order.indexOf(first);
    [this.#order[place], this.#order[at]] = [key, first];
  }
}
