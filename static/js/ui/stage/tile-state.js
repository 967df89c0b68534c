/** Derives the state shown by a person's tile. */

import { isHandRaised, isLimited } from "../../call/selectors.js";
import { keyOf } from "./arrangement.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Quality, Transport } from "../../call/transport.js"
 * @import { Volumes } from "../../media/volumes.js"
 * @import { Seat } from "../../protocol.js"
 */

/**
 * The state shown by a person's tile.
 *
 * @typedef {Object} TileState
 * @property {boolean} self
 * @property {boolean} mic
 * @property {boolean} cam
 * @property {boolean} paused - video is paused because too many people are here
 * @property {boolean} mirrored - my own camera, except the rear camera of a phone
 * @property {boolean} hand
 * @property {boolean} silenced - my volume for this person is 0
 * @property {string | null} peer - state of the peer connection; null for me
 * @property {boolean} limited - some of this person's signals are dropped, because there are too many
 * @property {Quality} quality - of what is received from this person
 */

/**
 * @typedef {Object} Sources
 * @property {Pick<Transport, "quality" | "videoPeople">} transport
 * @property {MediaStream} self - my own camera
 * @property {Volumes} volumes
 */

/**
 * Combines switches, roster, volumes and connection into the state of a tile. My own tile shows my local switches, not
 * what the server says of me.
 */
export class TileStates {
  /** @param {Sources} sources */
  constructor(sources) {
    this.sources = sources;
  }

  /**
   * @param {CallState} state @param {Seat} seat
   * @param {boolean} self
   * @returns {TileState}
   */
  of(state, seat, self) {
    const { transport, self: picture, volumes } = this.sources;
    const facing = picture.getVideoTracks()[0]?.getSettings().facingMode;
    return {
      self,
      mic: self ? state.local.mic : seat.mic,
      cam: self ? state.local.cam : seat.cam,
      paused: !self && Object.keys(state.seats).length > transport.videoPeople,
      mirrored: self && facing !== "environment",
      hand: isHandRaised(state, seat),
      silenced: volumes.of(keyOf(seat.id, false)) === 0,
      peer: self ? null : (state.peers[seat.id] ?? "connecting"),
      limited: isLimited(state, seat.id),
      quality: self ? "good" : transport.quality(seat.id),
    };
  }
}
