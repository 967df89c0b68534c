/** Binds keyboard shortcuts to actions. */

import { toggleFullscreen } from "../../ui/controls/fullscreen.js";
import { wireShortcuts } from "../../ui/controls/shortcuts.js";

/**
 * @import { Meeting } from "../../call/meeting.js"
 * @import { ShortcutSheet } from "../../ui/controls/shortcut-sheet.js"
 * @import { Shortcut } from "../../ui/controls/shortcuts.js"
 * @import { SidePanel } from "../../ui/controls/side-panel.js"
 * @import { Switches } from "./switches.js"
 */

/**
 * @typedef {Object} Parts
 * @property {Meeting} meeting
 * @property {Switches} switches
 * @property {SidePanel} panel
 * @property {ShortcutSheet} sheet
 */

/** @type {ReadonlySet<Shortcut>} */
const GREEN_ROOM = new Set(/** @type {const} */ (["mic", "cam", "help"]));
/** @type {ReadonlySet<Shortcut>} */
const SMALL_WINDOW = new Set(/** @type {const} */ (["mic", "cam", "hand", "talk"]));

/** The shortcuts of the room's page, limited to those that make sense in the present phase and window. */
export class KeyBindings {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.#wire((shortcut) => {
      const { phase } = parts.meeting.store.state;
      return phase === "in" || (phase === "green" && GREEN_ROOM.has(shortcut));
    });
  }

  /**
   * Binds the shortcuts of the picture-in-picture window.
   * @param {Window} opened
   */
  wireSmallWindow(opened) {
    this.#wire((shortcut) => SMALL_WINDOW.has(shortcut), opened);
  }

  /** @param {(shortcut: Shortcut) => boolean} active @param {Window} [page] */
  #wire(active, page) {
    const { switches, panel, sheet } = this.parts;
    const acts = {
      mic: () => switches.mic(),
      cam: () => switches.cam(),
      hand: () => switches.hand(),
      chat: () => panel.toggle("chat"),
      people: () => panel.toggle("people"),
      fullscreen: toggleFullscreen,
      help: () => sheet.show(),
    };
    const act = (/** @type {Exclude<Shortcut, "talk">} */ shortcut) => acts[shortcut]();
    wireShortcuts({ active, act, talk: (on) => switches.talk(on), single: () => sheet.single }, page);
  }
}
