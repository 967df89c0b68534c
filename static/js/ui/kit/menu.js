/** The menus of the control bar. */

import { restoreFocus } from "./focus.js";

const MARGIN = 8; // px to the edge of the window

/** @type {Menu | null} the open menu: at most one at a time */
let openMenu = null;

/**
 * A button that opens a menu above it: arrow keys, Home and End move through it, Escape, Tab and a click elsewhere close
 * it, and the focus returns to where it was.
 */
export class Menu {
  /** @type {Element | null} */
  #focusBefore = null;

  /** @param {HTMLElement} button @param {HTMLElement} menu */
  constructor(button, menu) {
    this.button = button;
    this.menu = menu;
    button.addEventListener("click", () => (this.open ? this.close() : this.show()));
    menu.addEventListener("keydown", (event) => this.#move(event));
    // Closed before the chosen button acts, so that a dialog opened by it returns the focus to a visible element.
    const close = (/** @type {Event} */ { target }) =>
      target instanceof Element && target.closest("button") && this.close();
    menu.addEventListener("click", close, { capture: true });
    document.addEventListener("pointerdown", (event) => {
      const inside = event.target instanceof Node && (menu.contains(event.target) || button.contains(event.target));
      if (this.open && !inside) this.close();
    });
  }

  get open() {
    return openMenu === this;
  }

  show() {
    openMenu?.close();
    openMenu = this;
    this.#focusBefore = document.activeElement;
    this.menu.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.#place();
    this.#items()[0]?.focus();
  }

  close() {
    if (!this.open) return;
    openMenu = null;
    const held = this.menu.contains(document.activeElement);
    this.menu.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    // The button itself may have been folded into "More", which is closed by now: then the button of "More" is focused.
    const more = document.querySelector(`[aria-controls="${this.button.closest("[role=menu]")?.id}"]`);
    if (held) restoreFocus([this.#focusBefore, this.button, more]);
  }

  #items() {
    const items = /** @type {NodeListOf<HTMLButtonElement>} */ (this.menu.querySelectorAll("button"));
    return [...items].filter((item) => !item.hidden && !item.disabled);
  }

  #place() {
    const button = this.button.getBoundingClientRect();
    const width = this.menu.offsetWidth;
    const centre = button.width > 0 ? button.left + button.width / 2 : window.innerWidth / 2;
    const left = Math.min(window.innerWidth - width - MARGIN, Math.max(MARGIN, centre - width / 2));
    this.menu.style.left = `${left}px`;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    if (event.key === "Tab") return this.close();
    const items = this.#items();
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = /** @type {Record<string, number>} */ ({
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: items.length - 1,
    })[event.key];
    if (event.key === "Escape") this.close();
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
