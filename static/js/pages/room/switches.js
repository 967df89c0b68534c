/** Switches my microphone, camera, screen and hand. */

import { MutedSpeech } from "../../media/muted-speech.js";
import { deviceProblem, replacedWords } from "../../ui/entry/device-words.js";
import { gettext } from "../../words.js";

/**
 * @import { Meeting } from "../../call/meeting.js"
 * @import { Devices } from "../../media/devices.js"
 * @import { Screen } from "../../media/screen.js"
 * @import { Source } from "../../media/source.js"
 */

/** @typedef {"audio" | "camera" | "screen" | "screenAudio"} TrackKind */

const SCREEN_WORDS = {
  shared: "",
  cancelled: "",
  system: gettext(
    "Your computer blocks sharing the screen for this browser. Allow it in the system settings under privacy.",
  ),
  failed: gettext("The screen could not be shared. Please try again."),
};

/**
 * Passes tracks from the devices to the call and reports the switches. They take effect here first and are then reported
 * to the server.
 */
export class Switches {
  /** My camera and my screen, as shown in this page. */
  self = new MediaStream();
  shared = new MediaStream();
  /** @type {Map<TrackKind, {track: MediaStreamTrack | null, hint: string}>} */
  #passed = new Map();
  #talking = false;
  #toldProblem = "";

  /**
   * @param {{meeting: Meeting, devices: Devices, screen: Screen, tell: (words: string) => void,
   *   mutedSpeech: () => void}} parts
   *   mutedSpeech: called when I speak while muted
   */
  constructor({ meeting, devices, screen, tell, mutedSpeech }) {
    this.muted = new MutedSpeech(mutedSpeech);
    this.meeting = meeting;
    this.devices = devices;
    this.screen = screen;
    this.tell = tell;
    devices.addEventListener("change", () => this.passOn());
    for (const source of [devices.mic, devices.cam]) {
      source.addEventListener("replaced", () => tell(replacedWords(source)));
    }
    screen.addEventListener("change", () => this.passOn());
  }

  mic() {
    void this.#toggle(this.devices.mic);
  }

  cam() {
    void this.#toggle(this.devices.cam);
  }

  async share() {
    if (this.screen.on) return this.screen.stop();
    const words = SCREEN_WORDS[await this.screen.start()];
    if (words !== "") this.tell(words);
  }

  hand() {
    this.meeting.setSwitch({ hand: !this.meeting.store.state.local.hand });
  }

  /** Push-to-talk: the microphone is on while Space is held. */
  get talking() {
    return this.#talking;
  }

  /**
   * Starts and ends push-to-talk.
   * @param {boolean} on
   */
  talk(on) {
    const { mic, cam } = this.devices;
    if (on === this.#talking || (on && mic.on)) return;
    if (on && mic.track === null)
      return this.tell(deviceProblem(mic, cam) || gettext("Your microphone is not ready yet."));
    this.#talking = on;
    void mic.set(on);
  }

  /** Ends push-to-talk, sharing and capture: the call is over. */
  stop() {
    this.talk(false);
    this.screen.stop();
    this.devices.stop();
    this.muted.watch(null);
    this.passOn();
  }

  /** @param {Source} source */
  async #toggle(source) {
    if (source === this.devices.mic) this.#talking = false; // the button ends push-to-talk
    await source.set(!(source.on || (source.starting && source.wanted)));
    if (source.on) void this.devices.refresh();
  }

  /** Passes tracks and switches to the call. To be called whenever a device or the call changed. */
  passOn() {
    const { mic, cam } = this.devices;
    if (this.#talking && mic.track === null) return this.talk(false); // a replacement must not start recording
    this.#passTrack("audio", mic.track);
    this.#passTrack("camera", cam.on ? cam.track : null);
    this.#passTrack("screen", this.screen.video);
    this.#passTrack("screenAudio", this.screen.audio);
    setTrack(this.self, cam.on ? cam.track : null);
    setTrack(this.shared, this.screen.canPreview ? this.screen.video : null);
    this.muted.watch(mic.wanted || this.meeting.store.state.phase !== "in" ? null : mic.track);
    this.#tellProblem();
    this.#report({ mic: mic.on, cam: cam.on, screen: this.screen.on });
  }

  /** Tells a device problem once, in the call. The green room shows it beside the preview. */
  #tellProblem() {
    const { mic, cam } = this.devices;
    const words = deviceProblem(mic, cam);
    if (words !== "" && words !== this.#toldProblem && this.meeting.store.state.phase === "in") this.tell(words);
    this.#toldProblem = words;
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  #passTrack(kind, track) {
    const { track: before, hint: shown } = this.#passed.get(kind) ?? { track: null, hint: "" };
    const hint = track?.contentHint ?? "";
    if (before === track && shown === hint) return;
    this.#passed.set(kind, { track, hint });
    this.meeting.setTrack(kind, track);
  }

  /** @param {{mic: boolean, cam: boolean, screen: boolean}} now */
  #report(now) {
    const { local } = this.meeting.store.state;
    if (local.mic === now.mic && local.cam === now.cam && local.screen === now.screen) return;
    this.meeting.setSwitch(now);
  }
}

/**
 * Sets the only track of a stream. The stream object stays the same, so elements that show it need no update.
 * @param {MediaStream} stream @param {MediaStreamTrack | null} track
 */
function setTrack(stream, track) {
  for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
  if (track !== null && !stream.getTracks().includes(track)) stream.addTrack(track);
}
