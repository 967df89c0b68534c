/** The controls that turn the pages of tiles. */

import { gettext } from "../../words.js";
import { part, setText } from "../kit/dom.js";

const SWIPE = 50; // px to the side; less is a tap

/** The bar with "Page 1 of 3" and its two buttons; Page Up, Page Down and a swipe across the tiles work too. */
export class Pager {
  /** @param {HTMLElement} root @param {(by: number) => void} turn */
  constructor(root, turn) {
    this.bar = part(root, "pager");
    this.words = part(this.bar, "pager-words");
    const area = part(root, "stage-area");
    for (const [name, by] of /** @type {[string, number][]} */ ([
      ["pager-back", -1],
      ["pager-on", 1],
    ])) {
      part(this.bar, name).addEventListener("click", () => turn(by));
    }
    this.#swipe(part(root, "seats"), turn);
    document.addEventListener("keydown", (event) => {
      const by = { PageUp: -1, PageDown: 1 }[event.key];
      const { target } = event;
      const here = target === document.body || (target instanceof Node && area.contains(target));
      if (by === undefined || !here || this.bar.hidden) return;
      event.preventDefault();
      turn(by);
    });
  }

  /** @param {HTMLElement} tiles @param {(by: number) => void} turn */
  #swipe(tiles, turn) {
    /** @type {PointerEvent | null} */
    let began = null;
    tiles.addEventListener(
      "pointerdown",
      (event) => (began = event.pointerType === "touch" && event.isPrimary ? event : null),
    );
    tiles.addEventListener("pointercancel", () => (began = null));
    tiles.addEventListener("pointerup", (event) => {
      const [x, y] = began === null ? [0, 0] : [event.clientX - began.clientX, event.clientY - began.clientY];
      if (!this.bar.hidden && Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
      began = null;
    });
  }

  /** @param {{page: number, pages: number}} now */
  draw({ page, pages }) {
    this.bar.hidden = pages === 1;
    setText(this.words, pages === 1 ? "" : gettext("Page {page} of {pages}", { page: page + 1, pages }));
  }
}
