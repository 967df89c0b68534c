// What the tile of a person shows: mine by my own switches, those of the others by what the server and the line say.

import { keyOf } from "./arrangement.js";
import { raised } from "../notices/call-notices.js";

/** @typedef {Pick<import("./stage.js").StageOptions, "transport"|"self"|"videoPeople"|"volumes">} Sources */

export class Looks {
  /** @param {Sources} sources */
  constructor(sources) {
    this.sources = sources;
  }

  /**
   * @param {import("../../call/store.js").CallState} state @param {import("../../protocol.js").Seat} seat
   * @param {boolean} self
   * @returns {import("./tile.js").Look}
   */
  of(state, seat, self) {
    const { transport, self: picture, videoPeople, volumes } = this.sources;
    const facing = picture.getVideoTracks()[0]?.getSettings().facingMode;
    return {
      self,
      mic: self ? state.local.mic : seat.mic,
      cam: self ? state.local.cam : seat.cam,
      paused: !self && Object.keys(state.seats).length > videoPeople,
      mirrored: self && facing !== "environment",
      hand: raised(state, seat),
      hushed: volumes.of(keyOf(seat.id, false)) === 0,
      pair: self ? null : state.pairs[seat.id] ?? "connecting",
      quality: self ? "good" : transport.quality(seat.id),
    };
  }
}
