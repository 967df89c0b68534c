/** Captures a screen, a window or a tab for sharing. */

import { CONTENT_CHOICES, watchContent } from "./screen-content.js";

/**
 * @import { JsonStorage } from "../storage.js"
 * @import { Content, ContentChoice } from "./screen-content.js"
 */

const RATES = { detail: 15, motion: 30 };

/**
 * The options for getDisplayMedia; several are newer than the type library. Local playback is not suppressed, so that a
 * shared film stays audible here. System audio contains the voices of the call, so it is offered only where the browser
 * can exclude this page's audio (restrictOwnAudio); otherwise everyone would hear themselves.
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

/** Emits "change" when sharing starts or stops, here or by the browser's own button, or its content type changes. */
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

  /** Only another tab can be previewed: a screen or window may contain this page, which would show itself in itself. */
  get canPreview() {
    return this.video?.getSettings().displaySurface === "browser";
  }

  /** @param {ContentChoice} choice */
  setChoice(choice) {
    this.#choice = choice;
    this.#storage.save({ content: choice });
    this.#watchContent();
  }

  /** @returns {Promise<"shared" | "cancelled" | "system" | "failed">} cancelled: the person has closed the picker */
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
    this.#watchContent();
  }

  /** Applies the chosen content type, or watches the content if the choice is "auto". */
  #watchContent() {
    this.#stopWatching();
    if (this.video === null) return;
    const choice = this.#choice;
    if (choice === "auto") this.#stopWatching = watchContent(this.video, (content) => this.#applyContent(content));
    this.#applyContent(choice === "auto" ? "detail" : choice);
  }

  /** @param {Content} content */
  #applyContent(content) {
    if (this.video === null) return;
    this.video.contentHint = content;
    const frameRate = { ideal: RATES[content], max: RATES.motion };
    void this.video.applyConstraints({ frameRate }).catch(() => undefined); // keeps its frame rate
    this.dispatchEvent(new Event("change"));
  }
}
