// What the page notices for people while they attend to each other: a hand that has had its turn, a voice that nobody
// hears, a call that everybody else has left.

import { systemClock } from "../../clock.js";
import { Solitude } from "../../call/idle-prompt.js";
import { MutedNote } from "../../ui/notices/muted-hint.js";
import { Offer } from "../../ui/notices/undo-note.js";
import { SpokenHand } from "../../call/auto-lower-hand.js";
import { StillThere } from "../../ui/notices/idle-dialog.js";
import { gettext } from "../../words.js";

const NOTE_MS = 7_000;

export class Attention {
  #hand = new SpokenHand();

  /**
   * @param {HTMLElement} root
   * @param {Object} parts
   * @param {import("../../call/meeting.js").Meeting} parts.meeting
   * @param {import("../../ui/notices/announcer.js").Announcer} parts.announcer
   * @param {import("../../ui/stage/pip-window.js").Mini} parts.mini
   * @param {import("../../ui/notices/connection-status.js").Status} parts.status
   */
  constructor(root, { meeting, announcer, mini, status }) {
    this.meeting = meeting;
    this.mini = mini;
    this.offer = new Offer(root, announcer);
    this.mutedNote = new MutedNote(root, { announcer, mini, status });
    this.stillThere = new StillThere({ stay: () => this.solitude.stay(), leave: () => meeting.leave(), status });
    this.solitude = new Solitude({
      clock: systemClock,
      ask: (seconds) => this.stillThere.draw(seconds),
      leave: () => meeting.leave("alone"),
    });
  }

  /** @param {import("../../call/state.js").CallState} state */
  draw(state) {
    this.solitude.update(state);
    if (state.local.mic || state.phase !== "in") this.mutedNote.hide();
    if (state.local.hand || state.phase !== "in") this.offer.hide();
  }

  /** @param {boolean} speaking with the microphone on @param {number} now */
  heard(speaking, now) {
    if (!this.#hand.hear({ raised: this.meeting.store.state.local.hand, speaking }, now)) return;
    this.meeting.setSwitch({ hand: false });
    const words = gettext("Hand lowered because you are speaking");
    this.offer.show(words, gettext("Keep it raised"), () => this.meeting.setSwitch({ hand: true }));
    this.mini.say(words, NOTE_MS);
  }
}
