/**
 * Switches my microphone, camera, screen and hand: passes tracks from the devices to the call. They take effect here
 * first; the call only reports them.
 */

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

export class Switches {
  /** My picture and my screen, for my own eyes. */
  self = new MediaStream();
  shared = new MediaStream();
  /** @type {Map<TrackKind, {track: MediaStreamTrack | null, hint: string}>} */
  #given = new Map();
  #talking = false;
  #told = "";

  /**
   * @param {{meeting: Meeting, devices: Devices, screen: Screen, tell: (words: string) => void,
   *   mutedSpeech: () => void}} parts
   *   mutedSpeech: I speak while I am muted
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

  /** The microphone is on only for as long as Space is held. */
  get talking() {
    return this.#talking;
  }

  /** @param {boolean} on - Space is held */
  talk(on) {
    const { mic, cam } = this.devices;
    if (on === this.#talking || (on && mic.on)) return;
    if (on && mic.track === null)
      return this.tell(deviceProblem(mic, cam) || gettext("Your microphone is not ready yet."));
    this.#talking = on;
    void mic.set(on);
  }

  stop() {
    this.talk(false);
    this.screen.stop();
    this.devices.stop();
    this.muted.watch(null);
    this.passOn();
  }

  /** @param {Source} source */
  async #toggle(source) {
    if (source === this.devices.mic) this.#talking = false; // pressing the button is the last word
    await source.set(!(source.on || (source.starting && source.wanted)));
    if (source.on) void this.devices.refresh();
  }

  /** From the devices to the call; again whenever one of the two changed. */
  passOn() {
    const { mic, cam } = this.devices;
    if (this.#talking && mic.track === null) return this.talk(false); // the next one must not begin to listen
    this.#give("audio", mic.track);
    this.#give("camera", cam.on ? cam.track : null);
    this.#give("screen", this.screen.video);
    this.#give("screenAudio", this.screen.audio);
    show(this.self, cam.on ? cam.track : null);
    show(this.shared, this.screen.canPreview ? this.screen.video : null);
    this.muted.watch(mic.wanted || this.meeting.store.state.phase !== "in" ? null : mic.track);
    this.#tellProblem();
    this.#report({ mic: mic.on, cam: cam.on, screen: this.screen.on });
  }

  /** In the green room the problem stands beside the preview; in the call it is told once. */
  #tellProblem() {
    const { mic, cam } = this.devices;
    const words = deviceProblem(mic, cam);
    if (words !== "" && words !== this.#told && this.meeting.store.state.phase === "in") this.tell(words);
    this.#told = words;
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  #give(kind, track) {
    const { track: before, hint: shown } = this.#given.get(kind) ?? { track: null, hint: "" };
    const hint = track?.contentHint ?? "";
    if (before === track && shown === hint) return;
    this.#given.set(kind, { track, hint });
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
 * One stream for good, so that whoever shows it need not be told.
 * @param {MediaStream} stream @param {MediaStreamTrack | null} track
 */
function show(stream, track) {
  for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
  if (track !== null && !stream.getTracks().includes(track)) stream.addTrack(track);
}
