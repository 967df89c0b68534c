/** Wires the automatic hints of the call. */

import { AutoLowerHand } from "../../call/auto-lower-hand.js";
import { IdlePrompt } from "../../call/idle-prompt.js";
import { systemClock } from "../../clock.js";
import { IdleDialog } from "../../ui/notices/idle-dialog.js";
import { MutedHint } from "../../ui/notices/muted-hint.js";
import { UndoNote } from "../../ui/notices/undo-note.js";
import { gettext } from "../../words.js";

/**
 * @import { Meeting } from "../../call/meeting.js"
 * @import { CallState } from "../../call/state.js"
 * @import { Announcer } from "../../ui/notices/announcer.js"
 * @import { ConnectionStatus } from "../../ui/notices/connection-status.js"
 * @import { PipWindow } from "../../ui/stage/pip-window.js"
 */

const NOTE_MS = 7_000;

/**
 * The hints that the page gives by itself: lowers my hand once I have spoken (with undo), shows that I speak while muted,
 * and asks whether I am still there when left alone.
 */
export class CallHints {
  #hand = new AutoLowerHand();

  /**
   * @param {HTMLElement} root
   * @param {Object} parts
   * @param {Meeting} parts.meeting
   * @param {Announcer} parts.announcer
   * @param {PipWindow} parts.pipWindow
   * @param {ConnectionStatus} parts.status
   */
  constructor(root, { meeting, announcer, pipWindow, status }) {
    this.meeting = meeting;
    this.pipWindow = pipWindow;
    this.undoNote = new UndoNote(root, announcer);
    this.mutedHint = new MutedHint(root, { announcer, pipWindow, status });
    this.idleDialog = new IdleDialog({ stay: () => this.idlePrompt.stay(), leave: () => meeting.leave(), status });
    this.idlePrompt = new IdlePrompt({
      clock: systemClock,
      ask: (seconds) => this.idleDialog.draw(seconds),
      leave: () => meeting.leave("alone"),
    });
  }

  /** @param {CallState} state */
  draw(state) {
    this.idlePrompt.update(state);
    if (state.local.mic || state.phase !== "in") this.mutedHint.hide();
    if (state.local.hand || state.phase !== "in") this.undoNote.hide();
  }

  /**
   * Takes a sample of my own voice.
   * @param {boolean} speaking - with the microphone on @param {number} now - milliseconds
   */
  heard(speaking, now) {
    if (!this.#hand.hear({ raised: this.meeting.store.state.local.hand, speaking }, now)) return;
    this.meeting.setSwitch({ hand: false });
    const words = gettext("Hand lowered because you are speaking");
    this.undoNote.show(words, gettext("Keep it raised"), () => this.meeting.setSwitch({ hand: true }));
    this.pipWindow.say(words, NOTE_MS);
  }
}
