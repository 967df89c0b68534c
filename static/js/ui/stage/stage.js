/** Renders participant tiles: membership, layout, pinned tile, active speaker. */

import { gettext } from "../../words.js";
import { flag, part } from "../kit/dom.js";
import { LAYOUTS } from "../kit/layouts.js";
import { arrangement } from "./arrangement.js";
import { Pager } from "./pager.js";
import { Paging } from "./paging.js";
import { PipTile } from "./pip-tile.js";
import { SpeakerTracker } from "./speaker-tracker.js";
import { StageLabels } from "./stage-labels.js";
import { StageVisibility } from "./stage-visibility.js";
import { ScreenTile, SeatTile } from "./tile.js";
import { placeTiles } from "./tile-placement.js";
import { TileStates } from "./tile-state.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Transport } from "../../call/transport.js"
 * @import { Volumes } from "../../media/volumes.js"
 * @import { JsonStorage } from "../../storage.js"
 * @import { Layout } from "../kit/layouts.js"
 * @import { Arrangement, TileItem } from "./arrangement.js"
 */

/**
 * @typedef {Object} StageOptions
 * @property {Transport} transport
 * @property {MediaStream} self - my own camera
 * @property {MediaStream} screen - my own screen
 * @property {() => number} ownLevel
 * @property {Volumes} volumes
 * @property {JsonStorage} storage - keeps layout and pinned tile across a reload
 * @property {(item: TileItem, button: HTMLElement) => void} openMenu
 * @property {() => void} endSpotlight
 * @property {(speaking: boolean, now: number) => void} heard - called with each sample: whether I speak, milliseconds
 */

const LISTEN_MS = 150;

/**
 * The area of participant tiles. Each tile stays a child of one element from creation to removal and is only positioned:
 * moving a <video> in the document stops it.
 */
export class Stage {
  /** @type {Map<string, SeatTile | ScreenTile>} */
  #tiles = new Map();
  /** @type {CallState | null} */
  #state = null;
  /** @type {Arrangement} */
  #plan = { items: [], stage: null, corner: false };
  /** @type {string | null} */
  #pinned = null;
  /** @type {Layout} */
  #layout = "auto";
  #paging = new Paging();
  #pipTile = new PipTile();
  #placedCount = 0;
  #area = { w: 0, h: 0 };
  #timer = 0;

  /** @param {HTMLElement} root @param {StageOptions} options */
  constructor(root, options) {
    const { transport, self, screen, ownLevel } = options;
    this.options = options;
    this.transport = transport;
    this.own = { self, screen };
    this.tileStates = new TileStates(options);
    this.visibility = new StageVisibility(() => this.#sendShownSizes());
    this.speakers = new SpeakerTracker({ level: (id) => transport.level(id), ownLevel });
    this.frame = part(root, "stage-area");
    this.home = part(root, "seats");
    this.labels = new StageLabels(root, { unpin: () => this.pin(null), endSpotlight: options.endSpotlight });
    this.pager = new Pager(root, (by) => this.#turn(by));
    this.#restore();
    transport.addEventListener("quality", () => this.#state !== null && this.draw(this.#state));
    new ResizeObserver(() => this.#measure()).observe(this.home);
    transport.addEventListener("streams", (event) => {
      this.#attach(/** @type {CustomEvent<{seatId: string}>} */ (event).detail.seatId);
    });
  }

  get layout() {
    return this.#layout;
  }

  #restore() {
    const { layout, pinned } = this.options.storage.load();
    this.#layout = LAYOUTS.find((known) => known === layout) ?? "auto";
    this.#pinned = typeof pinned === "string" ? pinned : null;
  }

  /** @param {HTMLElement | null} home - the place for the tile in the picture-in-picture window; null when it closed */
  setSmallWindow(home) {
    this.#pipTile.setHome(home);
    if (this.#state !== null) this.draw(this.#state);
  }

  /** @param {string} key */
  isPinned(key) {
    return this.#pinned === key;
  }

  /** @param {Layout} layout */
  setLayout(layout) {
    this.#layout = layout;
    this.pin(null);
  }

  /** @param {string | null} key - pinning the pinned tile unpins it */
  pin(key) {
    this.#pinned = key === this.#pinned ? null : key;
    this.options.storage.save({ layout: this.#layout, pinned: this.#pinned });
    if (this.#state !== null) this.draw(this.#state);
  }

  /**
   * Tells whether the side panel covers the tiles, as on a phone: covered tiles need no video.
   * @param {boolean} covered
   */
  setCovered(covered) {
    this.visibility.setCovered(covered);
  }

  /**
   * Starts and stops sampling audio levels.
   * @param {boolean} on
   */
  listen(on) {
    clearInterval(this.#timer);
    this.#timer = on ? window.setInterval(() => this.#sampleLevels(), LISTEN_MS) : 0;
  }

  /** @param {CallState} state */
  draw(state) {
    this.#state = state;
    this.#plan = arrangement(state, {
      layout: this.#layout,
      pinned: this.#pinned,
      speaking: this.speakers.active,
      last: this.#plan.stage,
    });
    if (this.#pinned !== null && this.#plan.stage !== this.#pinned) this.#pinned = null;
    this.#syncTiles();
    this.#choosePipTile();
    for (const { item, tile } of this.#shownTiles()) this.#drawTile(state, item, tile);
    this.#place();
    const { items, stage } = this.#plan;
    const [chosen, large] = [this.#pinned, stage].map((wanted) => items.find(({ key }) => key === wanted));
    this.labels.draw(state, { chosen, large, layout: this.#layout });
    flag(this.home, "data-alone", Object.keys(state.seats).length === 1);
  }

  /** Removes all tiles: the call is over. */
  clear() {
    this.listen(false);
    this.#pipTile.setHome(null);
    for (const tile of this.#tiles.values()) tile.remove();
    this.#tiles.clear();
    this.#state = null;
  }

  #syncTiles() {
    const keys = new Set(this.#plan.items.map((item) => item.key));
    const held = this.home.contains(document.activeElement);
    for (const [key, tile] of this.#tiles) {
      if (keys.has(key)) continue;
      tile.remove();
      this.#tiles.delete(key);
    }
    // The tile that had the focus is gone: keep the focus among the tiles.
    if (held && !this.home.contains(document.activeElement)) this.#focusFirst();
    for (const { key, seatId, screen } of this.#plan.items) {
      if (this.#tiles.has(key)) continue;
      const choices = {
        label: (/** @type {string} */ name) => gettext("{name}. Show large", { name }),
        choose: () => this.pin(key),
        menu: (/** @type {HTMLElement} */ button) => this.#openMenu(key, button),
      };
      const tile = screen ? new ScreenTile(seatId, choices) : new SeatTile(seatId, choices);
      this.#tiles.set(key, tile);
      this.home.append(tile.slot);
      this.#attach(seatId);
    }
  }

  /** @param {string} key @param {HTMLElement} button */
  #openMenu(key, button) {
    const item = this.#plan.items.find((one) => one.key === key);
    if (item !== undefined) this.options.openMenu(item, button);
  }

  /** Shows the large tile; the speaker where there is none (grid), or where I share my screen and want to see people. */
  #choosePipTile() {
    const { items, stage } = this.#plan;
    const people = items.filter((item) => !item.screen);
    const speaker = people.find((item) => item.seatId === this.speakers.active) ?? people[0];
    const large = items.find((item) => item.key === stage);
    const chosen = large?.screen && this.#state?.local.screen ? speaker : (large ?? speaker);
    if (this.#pipTile.choose(chosen) && chosen !== undefined) this.#attach(chosen.seatId);
  }

  /** @returns {{item: TileItem, tile: SeatTile | ScreenTile}[]} */
  #shownTiles() {
    const here = this.#plan.items.flatMap((item) => {
      const tile = this.#tiles.get(item.key);
      return tile === undefined ? [] : [{ item, tile }];
    });
    return this.#pipTile.shown === null ? here : [...here, this.#pipTile.shown];
  }

  /** @param {CallState} state @param {TileItem} item @param {SeatTile | ScreenTile} tile */
  #drawTile(state, { key, seatId, self }, tile) {
    const seat = state.seats[seatId];
    const pinned = key === this.#pinned;
    if (seat === undefined) return;
    if (tile instanceof ScreenTile) tile.draw(seat, self, pinned);
    else tile.draw(seat, this.tileStates.of(state, seat, self), pinned);
  }

  /** @param {string} seatId */
  #attach(seatId) {
    const self = seatId === this.#state?.me;
    const streams = self ? { camera: this.own.self, screen: this.own.screen } : this.transport.streams(seatId);
    for (const { item, tile } of this.#shownTiles()) {
      if (item.seatId === seatId) tile.show(item.screen ? streams.screen : streams.camera);
    }
  }

  /** Reads the size only here: reading it while drawing would force a synchronous layout. */
  #measure() {
    this.#area = { w: this.home.clientWidth, h: this.home.clientHeight };
    this.#place();
  }

  #place() {
    if (this.#area.w === 0 || this.#area.h === 0 || this.#plan.items.length === 0) return;
    // No transition when the number of tiles changes: it would delay the first picture of a new participant.
    flag(this.home, "data-still", this.#plan.items.length !== this.#placedCount);
    this.#placedCount = this.#plan.items.length;
    const places = placeTiles(this.#plan, this.#area, { paging: this.#paging, speaking: this.speakers.active });
    for (const [key, tile] of this.#tiles) tile.place(places.get(key) ?? null);
    const large = places.get(this.#plan.stage ?? "")?.rect;
    const below = large === undefined ? 0 : this.#area.h - large.y - large.h;
    this.frame.style.setProperty("--below-large", `${below}px`);
    this.pager.draw(this.#paging);
    this.#sendShownSizes();
  }

  /** @param {number} by */
  #turn(by) {
    const tiles = [...this.#tiles.values()];
    const held = tiles.find((tile) => tile.slot.contains(document.activeElement));
    this.#paging.turn(by);
    this.#place();
    if (held?.slot.hidden) this.#focusFirst();
  }

  #focusFirst() {
    [...this.#tiles.values()].find((tile) => !tile.slot.hidden)?.element.focus();
  }

  #sampleLevels() {
    const state = this.#state;
    if (state === null) return;
    const now = performance.now();
    const changed = this.speakers.update(state, now);
    for (const { item, tile } of this.#shownTiles()) {
      if (tile instanceof SeatTile) tile.speak(this.speakers.speaking(item.seatId, item.self, now));
    }
    this.options.heard(this.speakers.speaking("", true, now), now);
    if (changed) this.draw(state);
  }

  /** Tells each sender how large its picture is shown here, so that it sends no larger one; 0 where it is not seen. */
  #sendShownSizes() {
    const { seen } = this.visibility;
    for (const { key, seatId, self, screen } of this.#plan.items) {
      const shown = this.#tiles.get(key)?.shown ?? null;
      if (self || screen || shown === null) continue;
      this.transport.setShownSize(seatId, { height: Math.max(seen ? shown : 0, this.#pipTile.heightFor(seatId)) });
    }
  }
}
