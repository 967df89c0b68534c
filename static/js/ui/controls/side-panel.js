/** Opens and closes the side panel. */

import { restoreFocus } from "../kit/focus.js";

/** @typedef {"chat" | "people"} PanelName */

/** Where the panel covers the tiles. As in css/room/controls/side-panel.css; a phone in landscape has room for both. */
const COVERS_TILES = "(max-width: 699px)";

/** The side panel with its two sections, chat and people; at most one is shown. On a phone it covers the tiles. */
export class SidePanel {
  /** @type {PanelName | null} */
  open = null;
  /** @type {Element | null} */
  #focusBefore = null;

  /**
   * @param {HTMLElement} panel @param {Record<PanelName, HTMLElement>} buttons
   * @param {(covers: boolean) => void} changed - called on every change, with whether the panel covers the tiles
   */
  constructor(panel, buttons, changed) {
    this.panel = panel;
    this.buttons = buttons;
    this.changed = changed;
    for (const name of /** @type {const} */ (["chat", "people"])) {
      buttons[name].addEventListener("click", () => this.toggle(name));
    }
    for (const button of panel.querySelectorAll("[data-close-panel]")) {
      button.addEventListener("click", () => this.close());
    }
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    matchMedia(COVERS_TILES).addEventListener("change", () => this.#notify());
  }

  /** @param {PanelName} name */
  toggle(name) {
    if (this.open === name) this.close();
    else this.show(name);
  }

  close() {
    if (this.open === null) return;
    const held = this.panel.contains(document.activeElement);
    const places = [this.#focusBefore, this.buttons[this.open]];
    this.#set(null);
    if (held) restoreFocus(places);
  }

  /** @param {PanelName} name */
  show(name) {
    if (this.open === name) return;
    const active = document.activeElement;
    const inside = this.panel.contains(active);
    if (!inside) this.#focusBefore = active;
    this.#set(name);
    const section = /** @type {HTMLElement} */ (this.panel.querySelector(`[data-panel="${name}"]`));
    const field = section.querySelector("textarea");
    // On a touch screen focusing the field would open the keyboard.
    if (field !== null && !matchMedia("(pointer: coarse)").matches) field.focus();
    else section.focus();
  }

  /** @param {PanelName | null} name */
  #set(name) {
    this.open = name;
    this.panel.hidden = name === null;
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (this.panel.querySelectorAll("[data-panel]"))) {
      section.hidden = section.dataset.panel !== name;
    }
    for (const [key, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-expanded", String(key === name));
    }
    this.#notify();
  }

  #notify() {
    this.changed(this.open !== null && matchMedia(COVERS_TILES).matches);
  }
}
