/** Manages the microphone, camera and speaker of this page and the list of available devices. */

import { JsonStorage } from "../storage.js";
import { gettext } from "../words.js";
import { permission, problemOf } from "./device-problems.js";
import { Source } from "./source.js";

/** @typedef {{id: string, label: string}} Choice */
/** @typedef {{audioinput: Choice[], videoinput: Choice[], audiooutput: Choice[]}} Choices */

/** Labels for devices without one. @type {Record<keyof Choices, (number: number) => string>} */
const UNNAMED = {
  audioinput: (number) => gettext("Microphone {number}", { number }),
  videoinput: (number) => gettext("Camera {number}", { number }),
  audiooutput: (number) => gettext("Speaker {number}", { number }),
};

/** Events: "change" (of a source), "list" (of devices) and "speaker". Choices are kept in localStorage. */
export class Devices extends EventTarget {
  /** @type {Choices} */
  list = { audioinput: [], videoinput: [], audiooutput: [] };
  speakerId = "";
  #storage = new JsonStorage("localStorage", "lanai:devices");

  constructor() {
    super();
    const saved = this.#storage.load();
    this.mic = new Source("audio", String(saved.audioinput ?? ""));
    this.cam = new Source("video", String(saved.videoinput ?? ""));
    this.speakerId = String(saved.audiooutput ?? "");
    for (const source of [this.mic, this.cam]) {
      source.addEventListener("change", () => this.dispatchEvent(new Event("change")));
    }
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#devicesChanged());
    document.addEventListener("visibilitychange", () => void this.#recoverTracks());
  }

  get canChooseSpeaker() {
    return "setSinkId" in HTMLMediaElement.prototype;
  }

  /**
   * Starts the wanted sources with one permission prompt instead of two.
   * @param {{mic: boolean, cam: boolean}} wanted
   */
  async start({ mic, cam }) {
    this.mic.wanted = mic;
    this.cam.wanted = cam;
    const asked = await this.#withoutBlocked([this.mic, ...(cam ? [this.cam] : [])]);
    const [first, second] = asked;
    if (first !== undefined && second !== undefined) await this.#acquireBoth(first, second);
    else if (first !== undefined) await first.acquire();
    await this.refresh();
    void this.#watchPermissions();
  }

  /** @param {"audioinput" | "videoinput" | "audiooutput"} kind @param {string} id */
  async choose(kind, id) {
    this.#storage.save({ ...this.#storage.load(), [kind]: id });
    if (kind === "audiooutput") {
      this.speakerId = id;
      this.dispatchEvent(new Event("speaker"));
    } else await this.#source(kind).choose(id);
  }

  /** @param {"audioinput" | "videoinput"} kind */
  #source(kind) {
    return kind === "audioinput" ? this.mic : this.cam;
  }

  /** Reads the list again: labels are known only after a device was allowed. */
  async refresh() {
    const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    /** @type {Choices} */
    const list = { audioinput: [], videoinput: [], audiooutput: [] };
    for (const { kind, deviceId, label } of found) {
      if (deviceId === "") continue; // not allowed yet: cannot be chosen
      list[kind].push({ id: deviceId, label: label || UNNAMED[kind](list[kind].length + 1) });
    }
    this.list = list;
    this.dispatchEvent(new Event("list"));
  }

  stop() {
    this.mic.release();
    this.cam.release();
  }

  /**
   * Leaves out sources that the browser blocks: a request for both would fail for the other one as well.
   * @param {Source[]} sources
   */
  async #withoutBlocked(sources) {
    const states = await Promise.all(sources.map((source) => permission(source.kind)));
    return sources.filter((source, index) => {
      if (states[index]?.state !== "denied") return true;
      source.refuse("denied");
      return false;
    });
  }

  /** @param {Source} first @param {Source} second */
  async #acquireBoth(first, second) {
    const sources = [first, second];
    const requests = sources.map((source) => source.begin());
    try {
      if (!navigator.mediaDevices) throw new TypeError("not a secure page");
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: this.mic.constraints,
        video: this.cam.constraints,
      });
      sources.forEach((source, index) => {
        const track = stream.getTracks().find((one) => one.kind === source.kind) ?? null;
        source.adopt(track, requests[index] ?? 0);
      });
    } catch (error) {
      await Promise.all(sources.map((source, index) => this.#acquireAlone(source, error, requests[index] ?? 0)));
    }
  }

  /**
   * After a request for both failed: a refusal is final, any other error may concern one of the two only, so each is
   * requested alone.
   * @param {Source} source @param {unknown} error @param {number} request
   */
  async #acquireAlone(source, error, request) {
    const problem = await problemOf(error, source.kind);
    if (problem === "denied" || problem === "insecure") await source.fail(error, request);
    else await source.acquire();
  }

  async #devicesChanged() {
    await this.refresh();
    for (const source of [this.mic, this.cam]) {
      if (source.wanted && source.track === null && !source.starting) void source.acquire();
    }
  }

  /** One after the other: Safari ends the first track when a second device is requested at the same time. */
  async #recoverTracks() {
    if (document.hidden) return;
    for (const source of [this.mic, this.cam]) await source.recover();
  }

  /** Acquires a blocked source as soon as the person allows it in the browser's settings. */
  async #watchPermissions() {
    for (const source of [this.mic, this.cam]) {
      const status = await permission(source.kind);
      status?.addEventListener("change", () => {
        if (status.state === "granted" && source.problem === "denied" && source.wanted) void source.acquire();
      });
    }
  }
}
