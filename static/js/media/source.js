/** Captures one microphone or camera and holds its track, whether it is wanted, and the problem if it failed. */

import { problemOf } from "./device-problems.js";

/** @import { DeviceProblem, Kind } from "./device-problems.js" */

/** @type {Record<Kind, MediaTrackConstraints>} */
const IDEAL = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 } },
};

/**
 * Events: "change" for any change of a field, "replaced" when another device has taken over.
 *
 * A microphone that is off keeps its track and sends silence, so that unmuting is immediate. A camera that is off
 * releases its device, so that its light goes out.
 */
export class Source extends EventTarget {
  /** @type {MediaStreamTrack | null} */
  track = null;
  /** @type {DeviceProblem | null} */
  problem = null;
  wanted = false;
  starting = false;
  deviceId = "";
  #request = 0;
  /** @type {MediaStreamTrack | null} the track, once the system has muted it */
  #interrupted = null;

  /** @param {Kind} kind @param {string} deviceId - the device used last time, or "" */
  constructor(kind, deviceId) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  /** Whether sound or video is sent now. */
  get on() {
    return this.wanted && this.track !== null;
  }

  /** @returns {MediaTrackConstraints} */
  get constraints() {
    if (this.deviceId !== "") return { ...IDEAL[this.kind], deviceId: { ideal: this.deviceId } };
    return this.kind === "video" ? { ...IDEAL.video, facingMode: "user" } : IDEAL.audio;
  }

  /** @param {boolean} wanted */
  async set(wanted) {
    this.wanted = wanted;
    if (!wanted && this.kind === "video") this.release();
    if (this.track !== null) this.track.enabled = wanted;
    if (wanted && this.track === null && !this.starting) await this.acquire();
    else this.changed();
  }

  /** @param {string} deviceId */
  async choose(deviceId) {
    this.deviceId = deviceId;
    if (this.track === null && !this.wanted) return this.changed();
    // Phones open one camera at a time, so the old one is stopped first.
    this.track?.stop();
    await this.acquire();
  }

  /** Requests the device from the browser. Never rejects: sets `problem`. */
  async acquire() {
    const request = this.begin();
    try {
      if (!navigator.mediaDevices) throw new TypeError("not a secure page");
      const stream = await navigator.mediaDevices.getUserMedia({ [this.kind]: this.constraints });
      this.adopt(stream.getTracks()[0] ?? null, request);
    } catch (error) {
      await this.fail(error, request);
    }
  }

  /** @returns {number} number of this request; results of earlier ones are discarded */
  begin() {
    this.starting = true;
    this.problem = null;
    this.#request += 1;
    this.changed();
    return this.#request;
  }

  /** @param {MediaStreamTrack | null} track @param {number} request */
  adopt(track, request) {
    const late = request !== this.#request;
    if (late || (this.kind === "video" && !this.wanted)) track?.stop();
    if (late) return;
    this.starting = false;
    if (this.kind === "video" && !this.wanted) return this.changed();
    this.track?.stop();
    this.track = track;
    if (track !== null) {
      track.enabled = this.wanted;
      track.contentHint = this.kind === "audio" ? "speech" : "motion";
      track.addEventListener("ended", () => this.#lost(track), { once: true });
      track.addEventListener("mute", () => (this.#interrupted = track), { once: true });
    }
    this.changed();
  }

  /** @param {unknown} error @param {number} request */
  async fail(error, request) {
    const problem = await problemOf(error, this.kind);
    if (request === this.#request) this.refuse(problem);
  }

  /** @param {DeviceProblem} problem */
  refuse(problem) {
    this.starting = false;
    this.problem = problem;
    this.track?.stop();
    this.track = null;
    this.changed();
  }

  release() {
    this.#request += 1;
    this.starting = false;
    this.track?.stop();
    this.track = null;
  }

  /**
   * Called when the page is shown again. After a phone call Safari on iOS leaves a track that is live and even unmuted
   * but delivers nothing (WebKit bug 208516, 100mslive/web-sdks#3728): only a new track works.
   */
  async recover() {
    const silenced = this.track !== null && this.track === this.#interrupted;
    if (silenced && !this.starting) await this.acquire();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /**
   * The device was unplugged or taken by the system: continues with any other device.
   * @param {MediaStreamTrack} track
   */
  #lost(track) {
    if (this.track !== track) return;
    this.track = null;
    void this.acquire().then(() => {
      if (this.track !== null) this.dispatchEvent(new Event("replaced"));
    });
  }
}
