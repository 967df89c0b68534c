/** Shows the state of the connection to the server. */

import { gettext, ngettext } from "../../words.js";
import { part, setText } from "../kit/dom.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Announcer } from "./announcer.js"
 */

const SHOW_AFTER_MS = 1000; // most interruptions are shorter

/** The "Reconnecting…" line over the call, and the title of the tab. */
export class ConnectionStatus {
  #lost = false;
  #words = "";
  #timer = 0;
  #notice = "";
  #title = "";

  /** @param {HTMLElement} root @param {Announcer} announcer @param {string} name */
  constructor(root, announcer, name) {
    this.line = part(root, "status");
    this.words = part(root, "status-words");
    this.announcer = announcer;
    this.name = name;
  }

  /** @param {CallState} state @param {number} unread */
  draw(state, unread) {
    const lost = state.phase === "in" && state.link !== "open";
    this.#words = reconnectingWords(state);
    if (lost !== this.#lost) this.#setLost(lost);
    if (!this.line.hidden) setText(this.words, this.#words);
    this.#title = titleOf(state, this.name, unread);
    this.#drawTitle();
  }

  /**
   * Puts a notice before the title of the tab, for when another tab is in front; "" removes it.
   * @param {string} words
   */
  setNotice(words) {
    this.#notice = words;
    this.#drawTitle();
  }

  #drawTitle() {
    const title = this.#notice === "" ? this.#title : `${this.#notice} · ${this.#title}`;
    if (document.title !== title) document.title = title;
  }

  /** @param {boolean} lost */
  #setLost(lost) {
    this.#lost = lost;
    clearTimeout(this.#timer);
    if (lost) this.#timer = window.setTimeout(() => this.#show(), SHOW_AFTER_MS);
    else if (!this.line.hidden) {
      this.line.hidden = true;
      this.announcer.say(gettext("Connected again"));
    }
  }

  #show() {
    setText(this.words, this.#words);
    this.line.hidden = false;
    this.announcer.interrupt(this.#words);
  }
}

/**
 * The text while reconnecting. It says that I can be heard only while media actually flows.
 * @param {CallState} state
 */
function reconnectingWords({ seats, flows, local }) {
  if (Object.keys(seats).length < 2) return gettext("Reconnecting… your seat is kept");
  if (!flows) return gettext("Reconnecting… your network seems to be away");
  return local.mic ? gettext("Reconnecting… you can still be heard") : gettext("Reconnecting… the call goes on");
}

/** @param {CallState} state @param {string} name @param {number} unread */
function titleOf(state, name, unread) {
  const room = state.room?.name || name;
  if (state.phase === "left") return gettext("Left · {room} · Lanai", { room });
  if (state.phase !== "in") return `${room} · Lanai`;
  const inside = Object.keys(state.seats).length;
  const people = inside === 1 ? gettext("only you") : ngettext("{count} person", "{count} people", inside);
  const status = state.link === "open" ? people : gettext("reconnecting…");
  const quiet = state.local.mic ? "" : ` · ${gettext("muted")}`;
  const count = unread > 0 ? `(${unread}) ` : "";
  return `${count}${room} · ${status}${quiet} · Lanai`;
}
