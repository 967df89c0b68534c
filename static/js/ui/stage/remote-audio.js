/**
 * Plays the sound of the others: one <audio> for each person and for each shared screen.
 *
 * Not the tiles' <video>: a video element waits for its first picture before it plays any sound, so a person with the
 * camera off would stay silent.
 */

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
   * Follows who is here.
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
   * The tracks of a person came or went.
   * @param {string} seatId
   */
  attach(seatId) {
    const { camera, screen } = this.transport.streams(seatId);
    this.#play(keyOf(seatId, false), camera);
    this.#play(keyOf(seatId, true), screen);
  }

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
    audio.muted = this.volumes.of(key) === 0; // where a page cannot set the volume, it can still silence
  }

  /** @param {HTMLMediaElement} audio */
  async #start(audio) {
    try {
      await audio.play();
    } catch (error) {
      // Without a click on this page some browsers refuse to make a sound; one click is enough for all.
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
    await audio.setSinkId(this.devices.speakerId).catch(() => undefined); // unplugged: the default stays
  }

  /** @param {boolean} blocked */
  #setBlocked(blocked) {
    if (this.#blocked === blocked) return;
    this.#blocked = blocked;
    this.button.hidden = !blocked;
  }
}
