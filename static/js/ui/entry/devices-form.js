/** Renders the device pickers. */

import { LevelMeter, testTone } from "../../media/level-meter.js";
import { gettext } from "../../words.js";
import { arrange, find, part, piece, setAttribute } from "../kit/dom.js";

/** @import { Devices } from "../../media/devices.js" */

/** @typedef {"audioinput" | "videoinput" | "audiooutput"} DeviceKind */

const METER_MS = 80;
const NONE = {
  audioinput: gettext("No microphone"),
  videoinput: gettext("No camera"),
  audiooutput: gettext("System speaker"),
};

/**
 * The pickers for microphone, camera and speaker, with a level meter and a speaker test. One element, moved from the
 * green room into the call's dialog.
 */
export class DevicesForm {
  meter = new LevelMeter();
  #speaker = new Audio();
  #timer = 0;

  /** @param {HTMLElement} root @param {Devices} devices */
  constructor(root, devices) {
    this.root = root;
    this.devices = devices;
    part(root, "speaker").hidden = !devices.canChooseSpeaker;
    for (const select of this.#selects()) {
      select.addEventListener("change", () => void devices.choose(kindOf(select), select.value));
    }
    part(root, "test-speaker").addEventListener("click", () => void this.#testSpeaker());
    for (const type of ["change", "list", "speaker"]) devices.addEventListener(type, () => this.draw());
    this.draw();
  }

  /**
   * Starts and stops the level meter's display, which would cost time while hidden.
   * @param {boolean} shown
   */
  setShown(shown) {
    clearInterval(this.#timer);
    this.#timer = shown ? window.setInterval(() => this.#drawLevel(), METER_MS) : 0;
  }

  draw() {
    this.meter.listen(this.devices.mic.track);
    for (const select of this.#selects()) this.#drawSelect(select);
  }

  #selects() {
    return this.root.querySelectorAll("select");
  }

  /** @param {HTMLSelectElement} select */
  #drawSelect(select) {
    const kind = kindOf(select);
    const choices = this.devices.list[kind];
    const shown = choices.length > 0 ? choices : [{ id: "", label: this.#noneWords(kind) }];
    const old = [...select.options];
    arrange(
      select,
      shown.map(({ id, label }, index) => {
        const option = old[index] ?? /** @type {HTMLOptionElement} */ (piece("option"));
        if (option.value !== id || option.text !== label) Object.assign(option, { value: id, text: label });
        return option;
      }),
    );
    select.disabled = choices.length === 0;
    const current = this.#current(kind);
    if (shown.some(({ id }) => id === current)) select.value = current;
  }

  /** @param {DeviceKind} kind */
  #noneWords(kind) {
    const { mic, cam } = this.devices;
    const starting = (kind === "audioinput" && mic.starting) || (kind === "videoinput" && cam.starting);
    return starting ? gettext("Waiting…") : NONE[kind];
  }

  /**
   * The id of the device in use, else of the one asked for.
   * @param {DeviceKind} kind
   */
  #current(kind) {
    const { mic, cam, speakerId } = this.devices;
    if (kind === "audiooutput") return speakerId;
    const source = kind === "audioinput" ? mic : cam;
    return source.track?.getSettings().deviceId ?? source.deviceId;
  }

  #drawLevel() {
    const loudness = Math.min(100, Math.round(Math.sqrt(this.meter.level()) * 130));
    part(this.root, "level-bar").style.transform = `scaleX(${loudness / 100})`;
    setAttribute(part(this.root, "level"), "aria-valuenow", String(loudness));
  }

  async #testSpeaker() {
    const tone = testTone();
    if (tone === null) return;
    const button = find(this.root, '[data-part="test-speaker"]', HTMLButtonElement);
    button.disabled = true;
    this.#speaker.srcObject = tone.stream;
    if (this.devices.canChooseSpeaker) await this.#speaker.setSinkId(this.devices.speakerId).catch(() => undefined);
    await this.#speaker.play().catch(() => undefined);
    setTimeout(() => {
      this.#speaker.srcObject = null;
      button.disabled = false;
    }, tone.seconds * 1000);
  }
}

/** @param {HTMLSelectElement} select */
function kindOf(select) {
  return /** @type {DeviceKind} */ (select.dataset.device);
}
