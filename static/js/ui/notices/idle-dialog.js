/** Renders the dialog "Are you still there?". */

import { formatLength } from "../../formats.js";
import { gettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

/** @import { ConnectionStatus } from "./connection-status.js" */

const ANNOUNCED_AT = new Set([60, 30, 10]); // seconds left; every second would be too much to listen to

/** The dialog that asks a person left alone whether to stay, with a countdown. Any input on the page answers it. */
export class IdleDialog {
  /** @param {{stay: () => void, leave: () => void, status: ConnectionStatus}} acts */
  constructor({ stay, leave, status }) {
    this.status = status;
    this.box = find(document, '[data-part="dialog-still"]', HTMLDialogElement);
    this.box.addEventListener("close", stay); // by its button, or by Escape
    part(this.box, "still-leave").addEventListener("click", leave);
    for (const sign of ["pointerdown", "keydown"]) {
      document.addEventListener(sign, () => this.box.open || stay(), { capture: true, passive: true });
    }
  }

  /**
   * Shows the countdown.
   * @param {number | null} seconds - left; null closes the dialog
   */
  draw(seconds) {
    this.status.setNotice(seconds === null ? "" : gettext("Are you still there?"));
    if (seconds === null) return this.box.close();
    const seen = gettext("Nobody else is in this meeting. You leave it in {time}.", { time: minutes(seconds) });
    const said = gettext("You leave the meeting in {time}.", { time: formatLength(seconds) });
    setText(part(this.box, "still-words"), seen);
    if (ANNOUNCED_AT.has(seconds)) setText(part(this.box, "still-said"), said);
    if (!this.box.open) this.box.showModal();
  }
}

/** Formats seconds as 1:59. @param {number} seconds */
function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
