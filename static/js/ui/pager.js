// Turns the pages of a grid that does not fit.

import { part, setText } from "./dom.js";

export class Pager {
  /** @param {HTMLElement} root @param {(by: number) => void} turn */
  constructor(root, turn) {
    this.bar = part(root, "pager");
    this.words = part(this.bar, "pager-words");
    const area = part(root, "stage-area");
    for (const [name, by] of /** @type {[string, number][]} */ ([["pager-back", -1], ["pager-on", 1]])) {
      part(this.bar, name).addEventListener("click", () => turn(by));
    }
    document.addEventListener("keydown", (event) => {
      const by = { PageUp: -1, PageDown: 1 }[event.key];
      const { target } = event;
      const here = target === document.body || (target instanceof Node && area.contains(target));
      if (by === undefined || !here || this.bar.hidden) return;
      event.preventDefault();
      turn(by);
    });
  }

  /** @param {{page: number, pages: number}} now */
  draw({ page, pages }) {
    this.bar.hidden = pages === 1;
    setText(this.words, pages === 1 ? "" : `Page ${page + 1} of ${pages}`);
  }
}
