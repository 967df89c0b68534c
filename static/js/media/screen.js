// Sharing a screen, a window or a tab.

/** Audio options newer than the type library knows: without them a shared tab echoes its callers. */
const AUDIO = /** @type {MediaTrackConstraints} */ ({
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  restrictOwnAudio: true,
});

const OPTIONS = /** @type {DisplayMediaStreamOptions} */ ({
  video: { frameRate: { ideal: 15, max: 30 } },
  audio: AUDIO,
  selfBrowserSurface: "exclude",
  surfaceSwitching: "include",
  systemAudio: "include",
});

/** Emits "change" when sharing starts or stops, here or by the browser's own button. */
export class Screen extends EventTarget {
  /** @type {MediaStreamTrack|null} */
  video = null;
  /** @type {MediaStreamTrack|null} */
  audio = null;

  get possible() {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  }

  get on() {
    return this.video !== null;
  }

  /**
   * @returns {Promise<"shared"|"cancelled"|"system"|"failed">} cancelled: the person chose nothing
   */
  async start() {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(OPTIONS);
      this.#adopt(stream);
      return "shared";
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NotAllowedError") return "failed";
      return /system/i.test(error.message) ? "system" : "cancelled";
    }
  }

  stop() {
    if (this.video === null) return;
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
    if (this.video !== null) {
      this.video.contentHint = "detail"; // sharp text matters more than smooth motion
      const shared = this.video;
      shared.addEventListener("ended", () => shared === this.video && this.stop(), { once: true });
    }
    this.dispatchEvent(new Event("change"));
  }
}
