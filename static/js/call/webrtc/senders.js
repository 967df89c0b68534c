/** Manages the four RTP senders of one connection, in the fixed order of the wire, and their limits. */

import { asContent, asShown } from "./budget.js";

/**
 * @import { TrackKind } from "../transport.js"
 * @import { Budget } from "./budget.js"
 */

/** @typedef {Record<TrackKind, MediaStreamTrack | null>} Tracks */

/** @type {readonly TrackKind[]} */
export const KINDS = ["audio", "camera", "screen", "screenAudio"];

/** @type {Record<TrackKind, "audio" | "video">} */
const MEDIA = { audio: "audio", camera: "video", screen: "video", screenAudio: "audio" };

/**
 * An invitation carries all four from the start, so that no later switch needs to negotiate.
 * @param {RTCPeerConnection} pc
 */
export function addMediaLines(pc) {
  for (const kind of KINDS) pc.addTransceiver(MEDIA[kind], { direction: "sendrecv" });
}

/** @returns {Tracks} */
export function noTracks() {
  return { audio: null, camera: null, screen: null, screenAudio: null };
}

/**
 * A picture may be portrait; its smaller edge is what the limit speaks of.
 * @param {MediaStreamTrack | null} track
 * @param {number} maxHeight
 */
function scaleDown(track, maxHeight) {
  const { width = 0, height = 0 } = track?.getSettings?.() ?? {};
  return Math.max(1, Math.min(width, height) / maxHeight);
}

/**
 * @param {TrackKind} kind
 * @param {Budget} limits
 * @param {MediaStreamTrack | null} track
 * @param {number} shown - how large the other side shows my camera, in pixels
 * @returns {RTCRtpEncodingParameters}
 */
function encoding(kind, limits, track, shown) {
  if (kind === "audio") return { ...limits.audio, priority: "high", networkPriority: "high" };
  if (kind === "screenAudio") return { ...limits.screenAudio };
  const limit = kind === "camera" ? asShown(limits.camera, shown) : asContent(limits.screen, track?.contentHint ?? "");
  const { active, maxBitrate, maxFramerate, maxHeight } = limit;
  return { active, maxBitrate, maxFramerate, scaleResolutionDownBy: scaleDown(track, maxHeight) };
}

/**
 * What a screen gives up last where the network is too narrow. Not every browser can be told.
 * @param {TrackKind} kind
 * @param {MediaStreamTrack | null} track
 * @returns {{degradationPreference?: RTCDegradationPreference}}
 */
function preference(kind, track) {
  if (kind !== "screen") return {};
  return { degradationPreference: track?.contentHint === "motion" ? "maintain-framerate" : "maintain-resolution" };
}

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
   * Takes over the four that the other side's invitation made.
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

  /** One for all, since everything is bundled. */
  get transport() {
    return this.#transceivers[0]?.sender.transport ?? null;
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  replace(kind, track) {
    const sender = this.#transceivers[KINDS.indexOf(kind)]?.sender;
    // It fails only on a closed connection, whose successor gets the tracks anyway.
    sender?.replaceTrack(track).catch(() => {});
  }

  /** Whole pictures at once, for somebody who missed what the next ones build on and would ask for them late. */
  refresh() {
    for (const kind of /** @type {const} */ (["camera", "screen"])) {
      const sender = this.#transceivers[KINDS.indexOf(kind)]?.sender;
      if (sender?.track) this.#applying = this.#applying.then(() => requestKeyFrame(sender));
    }
  }

  /**
   * @param {Budget} limits
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
      // Firefox has no encodings before the first negotiation; asked again when connected.
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
 * Browsers that do not know the option (webrtc-extensions, RTCSetParameterOptions) ignore it.
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
    // A sender that has nothing to send now.
  }
}
