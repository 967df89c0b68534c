// Notices somebody who speaks while muted. A copy of the track is listened to, on this device only.

import { LevelMeter } from "./levels.js";

const LISTEN_MS = 200;
const LOUD = 0.06;
const SPOKEN_MS = 800; // a cough or a chair is shorter
const AGAIN_MS = 30_000;

export class MutedVoice {
  #meter = new LevelMeter();
  /** @type {MediaStreamTrack|null} */
  #track = null;
  /** @type {MediaStreamTrack|null} */
  #copy = null;
  #timer = 0;
  #spoken = 0;
  #noticed = -Infinity;

  /** @param {() => void} notice */
  constructor(notice) {
    this.notice = notice;
  }

  /** @param {MediaStreamTrack|null} track the microphone while it is muted, else null */
  watch(track) {
    if (track === this.#track) return;
    clearInterval(this.#timer);
    this.#copy?.stop();
    this.#track = track;
    this.#copy = track?.clone() ?? null;
    if (this.#copy !== null) this.#copy.enabled = true;
    this.#meter.listen(this.#copy);
    this.#spoken = 0;
    if (track !== null) this.#timer = window.setInterval(() => this.#listen(), LISTEN_MS);
  }

  #listen() {
    this.#spoken = this.#meter.level() >= LOUD ? this.#spoken + LISTEN_MS : Math.max(0, this.#spoken - LISTEN_MS / 2);
    const now = performance.now();
    if (this.#spoken < SPOKEN_MS || now - this.#noticed < AGAIN_MS) return;
    this.#noticed = now;
    this.notice();
  }
}
