// What the page notices for people while they attend to each other: a hand that has had its turn, a voice that nobody
// hears, a call that everybody else has left.

import { systemClock } from "../../call/clock.js";
import { Solitude } from "../../call/solitude.js";
import { MutedNote } from "../../ui/muted-note.js";
import { Offer } from "../../ui/offer.js";
import { SpokenHand } from "../../ui/spoken-hand.js";
import { StillThere } from "../../ui/still-there.js";
import { gettext } from "../../words.js";

const NOTE_MS = 7_000;

export class Attention {
  #hand = new SpokenHand();

  /**
   * @param {HTMLElement} root
   * @param {Object} parts
   * @param {import("../../call/meeting.js").Meeting} parts.meeting
   * @param {import("../../ui/announcer.js").Announcer} parts.announcer
   * @param {import("../../ui/mini.js").Mini} parts.mini
   * @param {import("../../ui/status.js").Status} parts.status
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

  /** @param {import("../../call/store.js").CallState} state */
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
