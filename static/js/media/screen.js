/** Captures a screen, a window or a tab for sharing. */

import { CONTENT_CHOICES, watchContent } from "./screen-content.js";

/**
 * @import { JsonStorage } from "../storage.js"
 * @import { Content, ContentChoice } from "./screen-content.js"
 */

const RATES = { detail: 15, motion: 30 };

/**
 * Several of these are newer than the type library. Whoever shares a film goes on hearing it. All the sound of a
 * computer holds the voices of the call as well: it is offered only where the browser can leave those out, or
 * everybody would hear themselves.
 * @param {MediaTrackSupportedConstraints & {restrictOwnAudio?: boolean}} supported
 * @returns {DisplayMediaStreamOptions}
 */
export function sharingOptions({ restrictOwnAudio = false }) {
  const audio = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    restrictOwnAudio: true,
    suppressLocalAudioPlayback: false,
  };
  return /** @type {DisplayMediaStreamOptions} */ ({
    video: { frameRate: { ideal: RATES.detail, max: RATES.motion } },
    audio,
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    systemAudio: restrictOwnAudio ? "include" : "exclude",
  });
}

/** Emits "change" when sharing starts or stops, here or by the browser's own button, or shows something else. */
export class Screen extends EventTarget {
  /** @type {MediaStreamTrack | null} */
  video = null;
  /** @type {MediaStreamTrack | null} */
  audio = null;
  #storage;
  /** @type {ContentChoice} */
  #choice;
  #stopWatching = () => {};

  /** @param {Pick<JsonStorage, "load" | "save">} storage */
  constructor(storage) {
    super();
    this.#storage = storage;
    this.#choice = CONTENT_CHOICES.find((choice) => choice === storage.load().content) ?? "auto";
  }

  get possible() {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  }

  get on() {
    return this.video !== null;
  }

  /** @returns {ContentChoice} */
  get choice() {
    return this.#choice;
  }

  /** Another tab can be shown to myself; a whole screen or a window may hold this very page, again and again. */
  get canPreview() {
    return this.video?.getSettings().displaySurface === "browser";
  }

  /** @param {ContentChoice} choice */
  setChoice(choice) {
    this.#choice = choice;
    this.#storage.save({ content: choice });
    this.#follow();
  }

  /** @returns {Promise<"shared" | "cancelled" | "system" | "failed">} cancelled: the person chose nothing */
  async start() {
    try {
      const { mediaDevices } = navigator;
      this.#adopt(await mediaDevices.getDisplayMedia(sharingOptions(mediaDevices.getSupportedConstraints())));
      return "shared";
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NotAllowedError") return "failed";
      return /system/i.test(error.message) ? "system" : "cancelled";
    }
  }

  stop() {
    if (this.video === null) return;
    this.#stopWatching();
    this.video.stop();
    this.audio?.stop();
    this.video = null;
    this.audio = null;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {MediaStream} stream */
  #adopt(stream) {
    this.stop();
    this.video = stream.getVideoTracks()[0] ?? null;
    this.audio = stream.getAudioTracks()[0] ?? null;
    const shared = this.video;
    shared?.addEventListener("ended", () => shared === this.video && this.stop(), { once: true });
    this.#follow();
  }

  /** Sets the track up for what it is to show. */
  #follow() {
    this.#stopWatching();
    if (this.video === null) return;
    const choice = this.#choice;
    if (choice === "auto") this.#stopWatching = watchContent(this.video, (content) => this.#show(content));
    this.#show(choice === "auto" ? "detail" : choice);
  }

  /** @param {Content} content */
  #show(content) {
    if (this.video === null) return;
    this.video.contentHint = content;
    const frameRate = { ideal: RATES[content], max: RATES.motion };
    void this.video.applyConstraints({ frameRate }).catch(() => undefined); // it goes on as it was
    this.dispatchEvent(new Event("change"));
  }
}
