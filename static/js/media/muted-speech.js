/** Watches the muted microphone for speech. A clone of the track is analysed, on this device only. */

import { LevelMeter } from "./level-meter.js";
import { MutedSpeechDetector } from "./muted-speech-detector.js";

const LISTEN_MS = 200;

/** Calls `notice` when the person speaks. The clone stays enabled while the track itself sends silence. */
export class MutedSpeech {
  #meter = new LevelMeter();
  #detector = new MutedSpeechDetector();
  /** @type {MediaStreamTrack | null} */
  #track = null;
  /** @type {MediaStreamTrack | null} */
  #copy = null;
  #timer = 0;

  /** @param {() => void} notice */
  constructor(notice) {
    this.notice = notice;
  }

  /** @param {MediaStreamTrack | null} track - the microphone while it is muted, else null */
  watch(track) {
    if (track === this.#track) return;
    clearInterval(this.#timer);
    this.#copy?.stop();
    this.#track = track;
    this.#copy = track?.clone() ?? null;
    if (this.#copy !== null) this.#copy.enabled = true;
    this.#meter.listen(this.#copy);
    this.#detector.begin(performance.now());
    if (track !== null) this.#timer = window.setInterval(() => this.#listen(), LISTEN_MS);
  }

  #listen() {
    if (this.#detector.hear(this.#meter.level(), performance.now())) this.notice();
  }
}
