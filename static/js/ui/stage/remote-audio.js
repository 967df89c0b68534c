/** Plays the sound of the other participants. */

import { silence } from "../../media/level-meter.js";
import { part } from "../kit/dom.js";
import { keepPlaying, unlockSound } from "../kit/playback.js";
import { keyOf } from "./arrangement.js";

/**
 * @import { Transport } from "../../call/transport.js"
 * @import { Devices } from "../../media/devices.js"
 * @import { Volumes } from "../../media/volumes.js"
 */

/** @typedef {Pick<Transport, "streams">} Streams */

/**
 * One <audio> element for each other person and each shared screen, with volume, output device and a button for
 * browsers that block sound.
 *
 * The tiles' <video> elements stay muted: a video element plays no sound before its first picture, so a person whose
 * camera is off would not be heard.
 */
export class RemoteAudio {
  /** @type {Map<string, HTMLAudioElement>} */
  #speakers = new Map();
  #blocked = false;

  /**
   * @param {HTMLElement} root @param {Streams} transport
   * @param {{devices: Devices, volumes: Volumes}} media
   */
  constructor(root, transport, { devices, volumes }) {
    this.transport = transport;
    this.devices = devices;
    this.volumes = volumes;
    this.button = part(root, "hear");
    this.button.addEventListener("click", () => this.#playAll());
    root.addEventListener("click", () => unlockSound(silence()), { once: true });
    keepPlaying(
      () => this.#speakers.values(),
      (audio) => void this.#start(audio),
    );
    devices.addEventListener("speaker", () => this.#route());
    volumes.addEventListener("change", () => this.#setVolumes());
  }

  /**
   * Keeps the elements in step with the participants.
   * @param {readonly string[]} seatIds - the others
   */
  follow(seatIds) {
    const wanted = new Set(seatIds.flatMap((id) => [keyOf(id, false), keyOf(id, true)]));
    for (const [key, audio] of this.#speakers) {
      if (wanted.has(key)) continue;
      audio.srcObject = null;
      this.#speakers.delete(key);
    }
    for (const id of seatIds) this.attach(id);
  }

  /**
   * Plays a person's present tracks. To be called when they change.
   * @param {string} seatId
   */
  attach(seatId) {
    const { camera, screen } = this.transport.streams(seatId);
    this.#play(keyOf(seatId, false), camera);
    this.#play(keyOf(seatId, true), screen);
  }

  /** Stops all sound: the call is over. */
  silence() {
    this.follow([]);
    this.#setBlocked(false);
  }

  /** @param {string} key @param {MediaStream | null} stream */
  #play(key, stream) {
    const track = stream?.getAudioTracks()[0] ?? null;
    const audio = this.#speakers.get(key) ?? new Audio();
    this.#speakers.set(key, audio);
    this.#setVolume(key, audio);
    const playing = audio.srcObject instanceof MediaStream ? audio.srcObject.getAudioTracks()[0] : null;
    if ((playing ?? null) === track) return;
    audio.srcObject = track === null ? null : new MediaStream([track]);
    if (track === null) return;
    if (this.devices.speakerId !== "") void this.#send(audio);
    void this.#start(audio);
  }

  #setVolumes() {
    for (const [key, audio] of this.#speakers) this.#setVolume(key, audio);
  }

  /** @param {string} key @param {HTMLAudioElement} audio */
  #setVolume(key, audio) {
    audio.volume = this.volumes.of(key);
    audio.muted = this.volumes.of(key) === 0; // iOS ignores the volume, but not muted
  }

  /** @param {HTMLMediaElement} audio */
  async #start(audio) {
    try {
      await audio.play();
    } catch (error) {
      // Some browsers refuse sound before the first click on a page; one click then unlocks all elements.
      if (error instanceof Error && error.name === "NotAllowedError") this.#setBlocked(true);
    }
  }

  #playAll() {
    this.#setBlocked(false);
    for (const audio of this.#speakers.values()) if (audio.srcObject !== null) void this.#start(audio);
  }

  #route() {
    for (const audio of this.#speakers.values()) void this.#send(audio);
  }

  /** @param {HTMLAudioElement} audio */
  async #send(audio) {
    if (!this.devices.canChooseSpeaker) return;
    await audio.setSinkId(this.devices.speakerId).catch(() => undefined); // unplugged: the default device is used
  }

  /** @param {boolean} blocked */
  #setBlocked(blocked) {
    if (this.#blocked === blocked) return;
    this.#blocked = blocked;
    this.button.hidden = !blocked;
  }
}
