/** Renders the tiles of persons and of shared screens. */

import { gettext } from "../../words.js";
import { avatarColour, initials } from "../kit/avatar.js";
import { flag, part, piece, setAttribute, setText } from "../kit/dom.js";
import { attachStream } from "../kit/media-element.js";
import { description, nameOf, QUALITY_WORDS, qualityOf, statusOf } from "./tile-words.js";

/**
 * @import { Seat } from "../../protocol.js"
 * @import { Rect } from "./grid-layout.js"
 * @import { Placement } from "./tile-placement.js"
 * @import { TileState } from "./tile-state.js"
 */

const UPRIGHT = 0.9; // width:height below which a picture counts as portrait and is not cropped
/**
 * @typedef {Object} Choices
 * @property {(name: string) => string} label - accessible name, which says what activating the tile does
 * @property {() => void} choose - called on click, Enter and Space
 * @property {(button: HTMLElement) => void} menu - called when the tile's menu is asked for
 */

/** What person and screen tiles share: one element with one <video>, from creation to removal. */
class Tile {
  /** @type {number | null} height of the picture in device pixels; 0 on another page, null before the first layout */
  shown = null;

  /** @param {string} name - of the piece @param {Choices} choices */
  constructor(name, { label, choose, menu }) {
    this.label = label;
    this.slot = piece(name);
    this.element = /** @type {HTMLElement} */ (this.slot.firstElementChild);
    this.video = /** @type {HTMLVideoElement} */ (this.slot.querySelector("video"));
    this.video.muted = true; // sound is played by RemoteAudio
    this.more = /** @type {HTMLElement} */ (part(this.slot, "tile-more"));
    this.#listen(choose);
    this.#listenMenu(menu);
  }

  /** @param {Choices["menu"]} menu */
  #listenMenu(menu) {
    this.more.addEventListener("mousedown", (event) => event.preventDefault());
    this.more.addEventListener("click", () => menu(this.more));
    // Long press, right click, or the keyboard's menu key.
    this.element.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      menu(this.more);
    });
  }

  /** @param {Choices["choose"]} choose */
  #listen(choose) {
    // A click leaves the focus where it was, for example in the chat.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("click", choose);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      if (!event.repeat) choose();
    });
    for (const type of ["resize", "loadeddata", "emptied"]) {
      this.video.addEventListener(type, () => this.#measure());
    }
  }

  #measure() {
    const { videoWidth, videoHeight } = this.video;
    flag(this.element, "data-picture", videoWidth > 0);
    flag(this.element, "data-upright", videoWidth > 0 && videoWidth / videoHeight < UPRIGHT);
  }

  /**
   * Sets the video's stream.
   * @param {MediaStream | null} stream
   */
  show(stream) {
    attachStream(this.video, stream);
  }

  /**
   * Positions the tile.
   * @param {Placement | null} place - null: on another page
   */
  place(place) {
    this.slot.hidden = place === null;
    this.shown = place === null ? 0 : pictureHeight(place.rect);
    flag(this.slot, "data-stage", place?.stage ?? false);
    flag(this.slot, "data-corner", place?.corner ?? false);
    flag(this.element, "data-active", place?.stage ?? false);
    if (place !== null) this.#move(place.rect);
  }

  /** @param {Rect} rect */
  #move(rect) {
    const { style } = this.slot;
    style.left = `${rect.x}px`;
    style.top = `${rect.y}px`;
    style.width = `${rect.w}px`;
    style.height = `${rect.h}px`;
    flag(this.slot, "data-tiny", rect.w < 150);
    flag(this.slot, "data-placed", true);
  }

  /**
   * Shows the state of the connection over the tile; "" hides it.
   * @param {string} words
   */
  status(words) {
    const line = part(this.element, "status");
    setText(line, words);
    line.hidden = words === "";
  }

  /**
   * Sets the accessible name.
   * @param {string} words
   */
  describe(words) {
    setAttribute(this.element, "aria-label", this.label(words));
  }

  remove() {
    attachStream(this.video, null);
    this.slot.remove();
  }
}

/** The tile of a person. */
export class SeatTile extends Tile {
  /** @param {string} id @param {Choices} choices */
  constructor(id, choices) {
    super("seat", choices);
    this.element.dataset.seat = id;
  }

  /** @param {Seat} seat @param {TileState} state @param {boolean} pinned */
  draw(seat, state, pinned) {
    const { element } = this;
    setAttribute(element, "data-nickname", seat.nickname);
    setAttribute(element, "data-mic", state.mic ? "on" : "off");
    setAttribute(element, "data-cam", state.cam ? "on" : "off");
    setAttribute(element, "data-role", seat.role);
    setAttribute(element, "data-pair", state.peer);
    flag(element, "data-hand", state.hand);
    flag(element, "data-away", seat.away);
    flag(element, "data-self", state.self);
    flag(element, "data-paused", state.paused);
    flag(element, "data-mirrored", state.mirrored);
    setAttribute(element, "aria-pressed", String(pinned));
    this.describe(description(seat, state));
    setAttribute(this.more, "aria-label", gettext("Options for {name}", { name: seat.nickname }));
    flag(element, "data-spotlight", seat.spotlight);
    this.#drawMarks(seat, state);
    this.#drawQuality(qualityOf(state));
    this.status(statusOf(seat, state));
  }

  /** @param {Seat} seat @param {TileState} state */
  #drawMarks(seat, state) {
    const avatar = part(this.element, "avatar");
    setAttribute(avatar, "data-words", initials(seat.nickname)); // an attribute: as text it would become part of the accessible name
    setAttribute(avatar, "data-colour", String(avatarColour(seat.nickname)));
    setText(part(this.element, "name"), nameOf(seat, state));
    part(this.element, "muted").hidden = state.mic;
    part(this.element, "host").hidden = seat.role !== "host";
    part(this.element, "hand").hidden = !state.hand;
    part(this.element, "lit").hidden = !seat.spotlight;
    part(this.element, "hushed").hidden = !state.silenced;
  }

  /** @param {TileState["quality"]} quality */
  #drawQuality(quality) {
    const mark = part(this.element, "quality");
    setAttribute(this.element, "data-quality", quality);
    setText(part(mark, "quality-words"), QUALITY_WORDS[quality]);
    mark.hidden = quality === "good";
  }

  /** @param {boolean} speaking */
  speak(speaking) {
    flag(this.element, "data-speaking", speaking);
  }
}

/** The tile of a shared screen. */
export class ScreenTile extends Tile {
  /** @param {string} id @param {Choices} choices */
  constructor(id, choices) {
    super("screen", choices);
    this.element.dataset.screenOf = id;
  }

  /** @param {Seat} seat @param {boolean} self @param {boolean} pinned */
  draw(seat, self, pinned) {
    const owner = { name: seat.nickname };
    const name = self ? gettext("Your screen") : gettext("{name}’s screen", owner);
    setText(part(this.element, "name"), name);
    setAttribute(this.element, "aria-pressed", String(pinned));
    this.describe(self ? gettext("Your screen, everybody sees it") : name);
    flag(this.element, "data-self", self);
    part(this.element, "everybody").hidden = !self;
    const options = self ? gettext("Options for your screen") : gettext("Options for {name}’s screen", owner);
    setAttribute(this.more, "aria-label", options);
  }
}

/**
 * The height that a 16:9 picture needs to cover the tile, in device pixels.
 * @param {Rect} rect
 */
function pictureHeight({ w, h }) {
  return Math.round(Math.max(h, (w * 9) / 16) * window.devicePixelRatio);
}
