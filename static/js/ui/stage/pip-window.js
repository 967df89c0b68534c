/** Opens the picture-in-picture window (Document Picture-in-Picture; Chromium only at the time of writing). */

import { gettext } from "../../words.js";
import { find, part, piece, setText } from "../kit/dom.js";
import { drawToggle } from "../kit/toggle-button.js";

/** @import { CallState } from "../../call/state.js" */

/** @typedef {{requestWindow: (options: {width: number, height: number}) => Promise<Window>}} PictureInPicture */

/**
 * @typedef {Object} PipWindowActs
 * @property {() => void} mic
 * @property {() => void} cam
 * @property {() => void} screen
 * @property {() => void} leave
 * @property {(window: Window | null, home: HTMLElement | null) => void} changed - null when it closed
 */

const SIZE = { width: 360, height: 300 };

/**
 * A small window above all others with the speaker's tile, the most important controls and the raised hands, for people
 * who share their screen or work in another window.
 */
export class PipWindow {
  /** @type {Window | null} */
  #window = null;
  /** @type {HTMLElement | null} */
  #view = null;
  #noteTimer = 0;

  /** @param {HTMLElement} root @param {PipWindowActs} acts */
  constructor(root, acts) {
    this.acts = acts;
    this.words = part(root, "mini-words");
    const button = find(root, '[data-more="mini"]', HTMLElement);
    button.hidden = this.#browser === null;
    button.addEventListener("click", () => (this.#window === null ? void this.#open() : this.close()));
  }

  /** @returns {PictureInPicture | null} */
  get #browser() {
    return (
      /** @type {{documentPictureInPicture?: PictureInPicture}} */ (/** @type {unknown} */ (window))
        .documentPictureInPicture ?? null
    );
  }

  close() {
    this.#window?.close();
  }

  /**
   * Shows a note in the window for some time; "" removes it.
   * @param {string} words @param {number} ms
   */
  say(words, ms) {
    if (this.#view === null) return;
    const note = part(this.#view, "mini-note");
    setText(note, words);
    clearTimeout(this.#noteTimer);
    this.#noteTimer = window.setTimeout(() => setText(note, ""), ms);
  }

  async #open() {
    const opened = await this.#browser?.requestWindow(SIZE).catch(() => null); // refused by the browser
    if (!opened) return;
    const view = piece("mini");
    prepare(opened.document);
    opened.document.body.append(view);
    for (const name of /** @type {const} */ (["mic", "cam", "screen", "leave"])) {
      part(view, `mini-${name}`).addEventListener("click", this.acts[name]);
    }
    opened.addEventListener("pagehide", () => this.#set(null, null), { once: true });
    this.#set(opened, view);
  }

  /** @param {Window | null} opened @param {HTMLElement | null} view */
  #set(opened, view) {
    this.#window = opened;
    this.#view = view;
    setText(this.words, opened === null ? gettext("Small window") : gettext("Close small window"));
    this.acts.changed(opened, view && part(view, "mini-home"));
  }

  /** @param {CallState} state @param {readonly string[]} hands - names of those whose hand is up */
  draw({ local }, hands) {
    const view = this.#view;
    if (view === null) return;
    drawToggle(part(view, "mini-mic"), local.mic);
    drawToggle(part(view, "mini-cam"), local.cam);
    part(view, "mini-screen").hidden = !local.screen;
    const line = part(view, "mini-hands");
    setText(part(line, "mini-hands-words"), hands.join(", "));
    line.hidden = hands.length === 0;
  }
}

/**
 * Gives the new, empty document language, title and styles. This page's content security policy applies to it, so the
 * style sheets are linked, not inlined.
 * @param {Document} page
 */
function prepare(page) {
  page.documentElement.lang = document.documentElement.lang;
  page.title = document.title;
  page.body.className = "room stage-dark";
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="stylesheet"]'))) {
    const copy = page.createElement("link");
    copy.rel = "stylesheet";
    copy.href = link.href;
    page.head.append(copy);
  }
}
