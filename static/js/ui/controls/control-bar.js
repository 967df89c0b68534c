/** Renders the control bar at the bottom of the call. */

import { find, flag, part, setAttribute } from "../kit/dom.js";
import { Menu } from "../kit/menu.js";
import { drawToggle } from "../kit/toggle-button.js";
import { wireFullscreen } from "./fullscreen.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Layout } from "../kit/layouts.js"
 */

/** Media queries at which buttons with data-fold move into "More". As in css/room/controls/control-bar.css. */
const FOLD_QUERIES = /** @type {Record<string, string>} */ ({
  narrow: "(max-width: 599px)",
  tiny: "(max-width: 359px)",
});

/**
 * @typedef {Object} Actions
 * @property {() => void} mic
 * @property {() => void} cam
 * @property {() => void} screen
 * @property {() => void} hand
 * @property {() => void} leave
 * @property {() => void} devices
 * @property {() => void} rename
 * @property {() => void} shortcuts
 * @property {(layout: Layout) => void} layout
 */

/** The toolbar of the call: device and screen switches, hand, reactions, layout, "More" and "Leave". */
export class ControlBar {
  /** @type {HTMLElement} */
  root;

  /** @param {HTMLElement} root @param {Actions} actions @param {{canShare: boolean, layout: Layout}} now */
  constructor(root, actions, { canShare, layout }) {
    this.root = root;
    for (const name of /** @type {const} */ (["mic", "cam", "screen", "hand", "leave"])) {
      this.button(name).addEventListener("click", actions[name]);
    }
    // A click leaves the focus where it was: typing continues, and Space still works as push-to-talk.
    part(root, "bar").addEventListener("mousedown", (event) => event.preventDefault());
    this.layoutMenu = this.#menu("layout");
    this.moreMenu = this.#menu("more");
    this.#menu("reactions");
    this.#wireLayout(actions.layout, layout);
    this.#wireMore(actions);
    this.button("screen").hidden = !canShare;
    this.#fold();
  }

  /** @param {string} name @returns {HTMLButtonElement} */
  button(name) {
    return find(this.root, `[data-control="${name}"]`, HTMLButtonElement);
  }

  /**
   * Shows the state of the switches.
   * @param {CallState} state @param {{micBusy: boolean, camBusy: boolean, talking: boolean}} devices - talking: push-to-talk
   */
  draw({ local }, { micBusy, camBusy, talking }) {
    drawToggle(this.button("mic"), local.mic);
    drawToggle(this.button("cam"), local.cam);
    drawToggle(this.button("screen"), local.screen);
    drawToggle(this.button("hand"), local.hand);
    flag(this.button("mic"), "data-busy", micBusy);
    flag(this.button("cam"), "data-busy", camBusy);
    flag(this.button("mic"), "data-talking", talking);
  }

  /** @param {string} name */
  #menu(name) {
    return new Menu(this.button(name), part(this.root, `menu-${name}`));
  }

  /** @param {(layout: Layout) => void} choose @param {Layout} now */
  #wireLayout(choose, now) {
    const items = /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-layout]"));
    const check = (/** @type {string | undefined} */ layout) => {
      for (const item of items) setAttribute(item, "aria-checked", String(item.dataset.layout === layout));
    };
    for (const item of items) {
      item.addEventListener("click", () => {
        choose(/** @type {Layout} */ (item.dataset.layout));
        check(item.dataset.layout);
      });
    }
    check(now);
  }

  /** @param {Actions} actions */
  #wireMore(actions) {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      find(this.root, `[data-more="${name}"]`, HTMLElement).addEventListener("click", act);
    on("devices", actions.devices);
    on("rename", actions.rename);
    on("shortcuts", actions.shortcuts);
    wireFullscreen(this.root);
  }

  /** On a narrow bar the rarer buttons move into "More". */
  #fold() {
    const buttons = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-fold]")]);
    const folding = buttons.map((button) => {
      const narrow = matchMedia(FOLD_QUERIES[button.dataset.fold ?? ""] ?? "");
      return { button, narrow, home: button.parentElement, before: button.nextElementSibling };
    });
    const apply = () => {
      for (const { button, narrow, home, before } of folding) {
        if (narrow.matches) part(this.root, "fold").append(button);
        else if (button.parentElement !== home) home?.insertBefore(button, before);
        setAttribute(button, "role", narrow.matches ? "menuitem" : null);
      }
    };
    for (const { narrow } of folding) narrow.addEventListener("change", apply);
    apply();
  }
}
