/** Renders the menu of a tile. */

import { formatPercent } from "../../formats.js";
import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";
import { restoreFocus } from "../kit/focus.js";
import { menuPosition } from "./grid-layout.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { ContentChoice } from "../../media/screen-content.js"
 * @import { Screen } from "../../media/screen.js"
 * @import { Volumes } from "../../media/volumes.js"
 * @import { TileItem } from "./arrangement.js"
 */

/**
 * @typedef {Object} TileActs
 * @property {(key: string) => void} pin
 * @property {(seatId: string | null) => void} spotlight
 * @property {(seatId: string) => void} remove
 * @property {(key: string) => boolean} pinned - whether a tile is pinned
 * @property {Pick<Screen, "choice" | "setChoice">} screen - my own
 */

/**
 * The menu shared by all tiles: pin, volume, kind of content of my own screen, and for the host spotlight and removal.
 */
export class TileMenu {
  /** @type {{item: TileItem, anchor: HTMLElement} | null} */
  #opened = null;
  #spotlit = false;
  /** @type {Element | null} */
  #focusBefore = null;

  /**
   * @param {HTMLElement} root @param {Volumes} volumes @param {TileActs} acts
   * @param {{steps: number}} options - steps of the volume slider; 1 where a page can only mute
   */
  constructor(root, volumes, acts, { steps }) {
    this.menu = part(root, "tile-menu");
    this.volumes = volumes;
    this.acts = acts;
    this.range = find(this.menu, "input", HTMLInputElement);
    this.range.step = String(100 / steps);
    this.#wire();
  }

  /**
   * Opens the menu for a tile, or closes it if it is open for that tile.
   * @param {TileItem} item @param {HTMLElement} anchor - the tile's button @param {CallState} state
   */
  toggle(item, anchor, state) {
    const again = this.#opened?.item.key === item.key;
    this.close();
    if (again) return;
    this.#opened = { item, anchor };
    this.#focusBefore = document.activeElement;
    this.menu.hidden = false;
    anchor.setAttribute("aria-expanded", "true");
    this.draw(state);
    this.#place(anchor);
    this.#button("pin").focus();
  }

  close() {
    if (this.#opened === null) return;
    const { anchor } = this.#opened;
    const held = this.menu.contains(document.activeElement);
    this.#opened = null;
    this.menu.hidden = true;
    anchor.setAttribute("aria-expanded", "false");
    if (held) restoreFocus([this.#focusBefore, anchor]);
  }

  /** @param {CallState} state */
  draw(state) {
    if (this.#opened === null) return;
    const { key, seatId, screen, self } = this.#opened.item;
    const seat = state.seats[seatId];
    if (seat === undefined || !this.#opened.anchor.isConnected) return this.close();
    this.#spotlit = seat.spotlight;
    const host = state.seats[state.me ?? ""]?.role === "host";
    setText(part(this.menu, "tile-menu-name"), screen ? screenName(seat.nickname, self) : seat.nickname);
    const pin = this.acts.pinned(key) ? gettext("No longer large for me") : gettext("Show large for me");
    setText(part(this.menu, "tile-pin-words"), pin);
    const spotlight = this.#spotlit ? gettext("End spotlight") : gettext("Spotlight for everybody");
    setText(part(this.menu, "tile-spotlight-words"), spotlight);
    this.#button("spotlight").hidden = !host || screen;
    this.#button("remove").hidden = !host || screen || self || seat.role === "host";
    part(this.menu, "tile-volume").hidden = self;
    part(this.menu, "tile-content").hidden = !self || !screen;
    for (const radio of this.#contents()) radio.checked = radio.value === this.acts.screen.choice;
    this.#drawVolume(key);
  }

  /** @param {string} key */
  #drawVolume(key) {
    const percent = Math.round(this.volumes.of(key) * 100);
    if (this.range.valueAsNumber !== percent) this.range.valueAsNumber = percent;
    const words = percent === 0 ? gettext("silent") : formatPercent(percent / 100);
    this.range.setAttribute("aria-valuetext", words);
    setText(part(this.menu, "tile-volume-words"), words);
  }

  /** @param {"pin" | "spotlight" | "remove"} name */
  #button(name) {
    return find(this.menu, `[data-tile="${name}"]`, HTMLButtonElement);
  }

  /** @returns {NodeListOf<HTMLInputElement>} */
  #contents() {
    return this.menu.querySelectorAll('[name="tile-content"]');
  }

  #wire() {
    const act = (/** @type {(item: TileItem) => void} */ run) => () => {
      const item = this.#opened?.item;
      this.close();
      if (item !== undefined) run(item);
    };
    this.#button("pin").addEventListener(
      "click",
      act((item) => this.acts.pin(item.key)),
    );
    this.#button("spotlight").addEventListener(
      "click",
      act(({ seatId }) => this.acts.spotlight(this.#spotlit ? null : seatId)),
    );
    this.#button("remove").addEventListener(
      "click",
      act((item) => this.acts.remove(item.seatId)),
    );
    this.range.addEventListener("input", () => {
      const key = this.#opened?.item.key;
      if (key === undefined) return;
      this.volumes.set(key, this.range.valueAsNumber / 100);
      this.#drawVolume(key);
    });
    for (const radio of this.#contents()) {
      radio.addEventListener("change", () => {
        this.acts.screen.setChoice(/** @type {ContentChoice} */ (radio.value));
      });
    }
    this.menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    this.menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.menu.contains(relatedTarget)) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      const { target } = event;
      if (!(target instanceof Node) || this.menu.contains(target) || this.#opened?.anchor.contains(target)) return;
      this.close();
    });
    window.addEventListener("resize", () => this.close());
  }

  /** @param {HTMLElement} anchor */
  #place(anchor) {
    const { left, top, right, bottom } = anchor.getBoundingClientRect();
    const size = { w: this.menu.offsetWidth, h: this.menu.offsetHeight };
    const at = menuPosition({ left, top, right, bottom }, size, { w: window.innerWidth, h: window.innerHeight });
    this.menu.style.left = `${at.x}px`;
    this.menu.style.top = `${at.y}px`;
  }
}

/** @param {string} name @param {boolean} self */
function screenName(name, self) {
  return self ? gettext("Your screen") : gettext("{name}’s screen", { name });
}
