/** Renders the labels over the tiles. */

import { spotlitSeat } from "../../call/selectors.js";
import { gettext } from "../../words.js";
import { part, setText } from "../kit/dom.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Layout } from "../kit/layouts.js"
 * @import { TileItem } from "./arrangement.js"
 */

/** The labels for the pinned tile, the spotlight and being alone, with the buttons that end the first two. */
export class StageLabels {
  /** @param {HTMLElement} root @param {{unpin: () => void, endSpotlight: () => void}} acts */
  constructor(root, { unpin, endSpotlight }) {
    this.pinned = part(root, "pinned");
    this.pinnedWords = part(root, "pinned-words");
    this.back = part(root, "unpin");
    this.spotlight = part(root, "spotlight");
    this.spotlightWords = part(root, "spotlight-words");
    this.end = part(root, "spotlight-end");
    this.alone = part(root, "alone");
    this.back.addEventListener("click", unpin);
    this.end.addEventListener("click", endSpotlight);
  }

  /**
   * @param {CallState} state
   * @param {{chosen: TileItem | undefined, large: TileItem | undefined, layout: Layout}} now
   */
  draw(state, { chosen, large, layout }) {
    const name = chosen === undefined ? "" : (state.seats[chosen.seatId]?.nickname ?? "");
    setText(this.pinnedWords, chosen?.screen ? gettext("{name}’s screen", { name }) : name);
    setText(this.back, layout === "grid" ? gettext("Back to grid") : gettext("Back to automatic"));
    this.pinned.hidden = chosen === undefined;
    this.alone.hidden = Object.keys(state.seats).length !== 1;
    this.#drawSpotlight(state, large !== undefined && !large.screen);
  }

  /** @param {CallState} state @param {boolean} possible - false on a shared screen, whose content it would hide */
  #drawSpotlight(state, possible) {
    const seat = spotlitSeat(state);
    const mine = gettext("You are in the spotlight");
    const words = seat?.id === state.me ? mine : gettext("{name} is in the spotlight", { name: seat?.nickname ?? "" });
    setText(this.spotlightWords, words);
    this.spotlight.hidden = seat === undefined || !possible;
    this.end.hidden = state.seats[state.me ?? ""]?.role !== "host";
  }
}
