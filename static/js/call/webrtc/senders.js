/** Manages the four RTP senders of one connection, in the fixed order of the wire, and their limits. */

import { limitForContent, limitForShownHeight } from "./send-limits.js";

/**
 * @import { TrackKind } from "../transport.js"
 * @import { SendLimits } from "./send-limits.js"
 */

/** @typedef {Record<TrackKind, MediaStreamTrack | null>} Tracks */

/** @type {readonly TrackKind[]} */
export const KINDS = ["audio", "camera", "screen", "screenAudio"];

/** @type {Record<TrackKind, "audio" | "video">} */
const MEDIA = { audio: "audio", camera: "video", screen: "video", screenAudio: "audio" };

/**
 * Adds the four transceivers of an invitation. All four exist from the start, so that switching a camera or sharing a
 * screen needs no negotiation.
 * @param {RTCPeerConnection} pc
 */
export function addMediaLines(pc) {
  for (const kind of KINDS) pc.addTransceiver(MEDIA[kind], { direction: "sendrecv" });
}

/** The tracks of a page that sends nothing. @returns {Tracks} */
export function noTracks() {
  return { audio: null, camera: null, screen: null, screenAudio: null };
}

/**
 * Video may be portrait, so the limit applies to its smaller edge.
 * @param {MediaStreamTrack | null} track
 * @param {number} maxHeight
 */
function scaleDown(track, maxHeight) {
  const { width = 0, height = 0 } = track?.getSettings?.() ?? {};
  return Math.max(1, Math.min(width, height) / maxHeight);
}

/**
 * @param {TrackKind} kind
 * @param {SendLimits} limits
 * @param {MediaStreamTrack | null} track
 * @param {number} shown - height at which the other side shows my camera, in device pixels
 * @returns {RTCRtpEncodingParameters}
 */
function encoding(kind, limits, track, shown) {
  if (kind === "audio") return { ...limits.audio, priority: "high", networkPriority: "high" };
  if (kind === "screenAudio") return { ...limits.screenAudio };
  const limit =
    kind === "camera"
      ? limitForShownHeight(limits.camera, shown)
      : limitForContent(limits.screen, track?.contentHint ?? "");
  const { active, maxBitrate, maxFramerate, maxHeight } = limit;
  return { active, maxBitrate, maxFramerate, scaleResolutionDownBy: scaleDown(track, maxHeight) };
}

/**
 * What a shared screen keeps longest when bandwidth is short. Not every browser supports degradationPreference.
 * @param {TrackKind} kind
 * @param {MediaStreamTrack | null} track
 * @returns {{degradationPreference?: RTCDegradationPreference}}
 */
function preference(kind, track) {
  if (kind !== "screen") return {};
  return { degradationPreference: track?.contentHint === "motion" ? "maintain-framerate" : "maintain-resolution" };
}

/** The senders and receivers of one connection by kind; sets tracks, bitrates, sizes and priorities. */
export class Senders {
  /** @type {RTCRtpTransceiver[]} */
  #transceivers = [];
  /** @type {Map<TrackKind, string>} */
  #applied = new Map();
  /** @type {Promise<void>} */
  #applying = Promise.resolve();

  /**
   * @param {RTCPeerConnection} pc - new, or made ahead with its media lines
   * @param {Tracks} tracks
   */
  invite(pc, tracks) {
    if (pc.getTransceivers().length === 0) addMediaLines(pc);
    this.#transceivers = pc.getTransceivers();
    this.#fill(tracks);
  }

  /**
   * Adopts the four transceivers that the other side's invitation has created. Throws a TypeError for any others.
   * @param {RTCPeerConnection} pc
   * @param {Tracks} tracks
   */
  adopt(pc, tracks) {
    const transceivers = pc.getTransceivers();
    const kinds = transceivers.map((transceiver) => transceiver.receiver.track.kind);
    if (kinds.join() !== KINDS.map((kind) => MEDIA[kind]).join()) throw new TypeError("not our four media lines");
    this.#transceivers = transceivers;
    for (const transceiver of transceivers) transceiver.direction = "sendrecv";
    this.#fill(tracks);
  }

  /** @param {Tracks} tracks */
  #fill(tracks) {
    for (const kind of KINDS) if (tracks[kind]) this.replace(kind, tracks[kind]);
  }

  /** @returns {Record<TrackKind, RTCRtpReceiver> | null} */
  get receivers() {
    const [audio, camera, screen, screenAudio] = this.#transceivers.map((transceiver) => transceiver.receiver);
    return audio ? { audio, camera, screen, screenAudio } : null;
  }

  /** The one RTCDtlsTransport: all media is bundled. */
  get transport() {
    return this.#transceivers[0]?.sender.transport ?? null;
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  replace(kind, track) {
    const sender = this.#transceivers[KINDS.indexOf(kind)]?.sender;
    // It fails only on a closed connection, and the next one gets the tracks anyway.
    sender?.replaceTrack(track).catch(() => {});
  }

  /** Sends key frames at once: a receiver that missed frames would ask for one only later. */
  refresh() {
    for (const kind of /** @type {const} */ (["camera", "screen"])) {
      const sender = this.#transceivers[KINDS.indexOf(kind)]?.sender;
      if (sender?.track) this.#applying = this.#applying.then(() => requestKeyFrame(sender));
    }
  }

  /**
   * @param {SendLimits} limits
   * @param {Tracks} tracks
   * @param {number} shown
   */
  limit(limits, tracks, shown) {
    for (const [index, kind] of KINDS.entries()) {
      const target = { own: encoding(kind, limits, tracks[kind], shown), shared: preference(kind, tracks[kind]) };
      const sender = this.#transceivers[index]?.sender;
      if (!sender || this.#applied.get(kind) === JSON.stringify(target)) continue;
      this.#applied.set(kind, JSON.stringify(target));
      this.#applying = this.#applying.then(() => this.#apply(kind, sender, target));
    }
  }

  /**
   * @param {TrackKind} kind
   * @param {RTCRtpSender} sender
   * @param {{own: RTCRtpEncodingParameters, shared: Partial<RTCRtpSendParameters>}} target
   *   own: of the one encoding; shared: of the sender
   */
  async #apply(kind, sender, { own, shared }) {
    try {
      const parameters = sender.getParameters();
      // Firefox has no encodings before the first negotiation; limits are applied again when connected.
      if (!parameters.encodings?.[0]) return void this.#applied.delete(kind);
      Object.assign(parameters.encodings[0], own);
      Object.assign(parameters, shared);
      await sender.setParameters(parameters);
    } catch {
      this.#applied.delete(kind);
    }
  }
}

/**
 * Asks the encoder for a key frame. Browsers without RTCSetParameterOptions (webrtc-extensions) ignore the option.
 * @param {RTCRtpSender} sender
 */
async function requestKeyFrame(sender) {
  const ask = /** @type {(parameters: RTCRtpSendParameters, options: object) => Promise<void>} */ (
    sender.setParameters
  );
  try {
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    await ask.call(sender, parameters, { encodingOptions });
  } catch {
    // The sender has nothing to send now.
  }
}
