/** Renders the green room. */

import { showsNothing } from "../../visible-text.js";
import { gettext } from "../../words.js";
import { avatarColour, initials } from "../kit/avatar.js";
import { find, flag, part, setAttribute, setText } from "../kit/dom.js";
import { attachStream } from "../kit/media-element.js";
import { errorWords } from "../kit/problem-words.js";
import { drawToggle } from "../kit/toggle-button.js";
import { deviceProblem, previewWords } from "./device-words.js";
import { insideWords } from "./inside-words.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Devices } from "../../media/devices.js"
 * @import { Source } from "../../media/source.js"
 */

/** @typedef {{code: string, message: string, suggestion?: string | null}} JoinProblem */

/** The page before the call: nickname, camera preview, device switches, who is inside, and "Join now". */
export class GreenRoom {
  #joining = false;
  /** @type {number | undefined} */
  #capacity;

  /**
   * @param {HTMLElement} root
   * @param {{devices: Devices, self: MediaStream, toggleMic: () => void, toggleCam: () => void,
   *   mayExceedCapacity: boolean, join: (nickname: string) => Promise<void>}} options - join rejects with a JoinProblem
   */
  constructor(root, { devices, self, toggleMic, toggleCam, mayExceedCapacity, join }) {
    this.root = root;
    this.devices = devices;
    this.joinCall = join;
    this.mayExceedCapacity = mayExceedCapacity;
    this.name = find(root, "#nickname", HTMLInputElement);
    this.video = find(root, '[data-part="preview-video"]', HTMLVideoElement);
    this.self = self;
    this.button = find(root, '[data-part="join"]', HTMLButtonElement);
    part(root, "green-mic").addEventListener("click", toggleMic);
    part(root, "green-cam").addEventListener("click", toggleCam);
    part(root, "device-retry").addEventListener("click", () => this.#retry());
    part(root, "join-suggestion").addEventListener("click", () => this.#takeSuggestion());
    this.name.addEventListener("input", () => this.drawDevices());
    part(root, "join-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.join();
    });
    devices.addEventListener("change", () => this.drawDevices());
    this.drawDevices();
    this.button.disabled = false; // disabled in the template: without this script it would submit the form and reload
  }

  /** Joins with the name in the field. Shows the problem when the server refuses. */
  async join() {
    const nickname = this.name.value.trim();
    if (this.#joining) return;
    if (showsNothing(nickname)) return this.#ask(gettext("Please enter your name."));
    this.#setJoining(true);
    this.tell("");
    try {
      await this.joinCall(nickname);
    } catch (error) {
      this.#refused(/** @type {JoinProblem} */ (error));
    } finally {
      this.#setJoining(false);
    }
    // The button lost the focus when it was disabled.
    if (this.name.hasAttribute("aria-invalid")) this.name.focus();
    else if (document.activeElement === document.body) this.button.focus();
  }

  /** @param {CallState} state */
  draw(state) {
    this.#capacity = state.room?.capacity;
    if (state.room !== null) setText(part(this.root, "room-name"), state.room.name || state.room.slug);
    setText(part(this.root, "inside"), insideWords(state, this.mayExceedCapacity));
    if (state.phase !== "joining") return;
    this.tell(state.link === "reconnecting" ? gettext("The server cannot be reached just now. Trying again…") : "");
  }

  /** Updates the preview, the avatar and the device switches. */
  drawDevices() {
    const { mic, cam } = this.devices;
    this.#drawToggle("green-mic", mic);
    this.#drawToggle("green-cam", cam);
    const avatar = part(this.root, "preview-avatar");
    setText(avatar, initials(this.name.value || "?"));
    setAttribute(avatar, "data-colour", String(avatarColour(this.name.value)));
    setText(part(this.root, "preview-words"), previewWords(cam));
    setAttribute(part(this.root, "preview"), "data-cam", cam.on ? "on" : "off");
    flag(part(this.root, "preview"), "data-starting", cam.starting);
    this.video.classList.toggle("mirrored", cam.track?.getSettings().facingMode !== "environment");
    if (cam.on) attachStream(this.video, this.self);
    const problem = deviceProblem(mic, cam);
    setText(part(this.root, "device-notice-words"), problem);
    part(this.root, "device-notice").hidden = problem === "";
  }

  /**
   * While the browser asks for permission the wanted state is shown, so that it can be switched off again.
   * @param {string} name @param {Source} source
   */
  #drawToggle(name, source) {
    const button = part(this.root, name);
    drawToggle(button, source.on || (source.starting && source.wanted));
    flag(button, "data-busy", source.starting);
  }

  /**
   * Shows a problem below the form, with a free nickname to join with; "" clears it.
   * @param {string} words @param {string | null} [suggestion]
   */
  tell(words, suggestion = null) {
    setText(part(this.root, "join-problem-words"), words);
    flag(this.name, "aria-invalid", false);
    const choice = part(this.root, "join-suggestion");
    choice.hidden = suggestion === null;
    choice.dataset.name = suggestion ?? "";
    setText(choice, suggestion === null ? "" : gettext("Join as “{name}”", { name: suggestion }));
  }

  /** @param {string} words */
  #ask(words) {
    this.tell(words);
    this.name.setAttribute("aria-invalid", "true");
    this.name.focus();
  }

  /** @param {JoinProblem} problem */
  #refused(problem) {
    this.tell(errorWords(problem, this.#capacity), problem.suggestion ?? null);
    if (problem.code.startsWith("nickname")) this.name.setAttribute("aria-invalid", "true");
  }

  #takeSuggestion() {
    this.name.value = part(this.root, "join-suggestion").dataset.name ?? "";
    void this.join();
  }

  /** @param {boolean} joining */
  #setJoining(joining) {
    this.#joining = joining;
    this.button.disabled = joining;
    setText(this.button, joining ? gettext("Joining…") : gettext("Join now"));
  }

  #retry() {
    for (const source of [this.devices.mic, this.devices.cam]) {
      if (source.problem === null) continue;
      source.wanted = true;
      void source.acquire().then(() => this.devices.refresh());
    }
  }
}
