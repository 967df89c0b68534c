// Which keys do what, and where.

import { toggleFullscreen } from "../../ui/controls/fullscreen.js";
import { wireShortcuts } from "../../ui/controls/shortcuts.js";

/** @typedef {import("../../ui/controls/shortcuts.js").Shortcut} Shortcut */
/**
 * @typedef {Object} Parts
 * @property {import("../../call/meeting.js").Meeting} meeting
 * @property {import("./switches.js").Switches} switches
 * @property {import("../../ui/controls/side-panel.js").SidePanel} panel
 * @property {import("../../ui/controls/shortcut-sheet.js").ShortcutSheet} sheet
 */

/** @type {ReadonlySet<Shortcut>} */
const GREEN_ROOM = new Set(/** @type {const} */ (["mic", "cam", "help"]));
/** @type {ReadonlySet<Shortcut>} */
const SMALL_WINDOW = new Set(/** @type {const} */ (["mic", "cam", "hand", "talk"]));

export class KeyBindings {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.#wire((shortcut) => {
      const { phase } = parts.meeting.store.state;
      return phase === "in" || (phase === "green" && GREEN_ROOM.has(shortcut));
    });
  }

  /** @param {Window} opened */
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
