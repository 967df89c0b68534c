/** Renders one chat message. Other people's text is only ever set by textContent. */

import { formatMoment, formatTime } from "../../formats.js";
import { gettext } from "../../words.js";
import { find, flag, part, piece, setText } from "../kit/dom.js";
import { privateWords, stateWords } from "./chat-words.js";
import { linkify } from "./linkify.js";
import { isOnlyEmoji } from "./message-groups.js";

/**
 * @import { ChatEntry } from "../../call/chat/log.js"
 * @import { Piece } from "./linkify.js"
 * @import { Row } from "./message-groups.js"
 */

/** The element of one chat message: sender, time, text with links, delivery state, "Send again" and "Copy". */
export class ChatLineView {
  #shown = "";
  #words = "";

  /**
   * @param {Row} row @param {boolean} mine
   * @param {{again: (ref: string) => void, copy: (text: string) => void}} acts
   */
  constructor({ entry, time }, mine, { again, copy }) {
    const element = piece("chat");
    this.element = element;
    this.state = part(element, "state");
    this.stateWords = part(element, "state-words");
    this.again = part(element, "again");
    flag(element, "data-mine", mine);
    this.#write(entry, mine);
    const shown = find(element, "time", HTMLTimeElement);
    shown.dateTime = time.toISOString();
    shown.title = formatMoment(time);
    shown.textContent = formatTime(time);
    this.again.addEventListener("click", () => again(entry.ref));
    part(element, "copy").addEventListener("click", () => copy(entry.text));
  }

  /** @param {ChatEntry} entry @param {boolean} mine */
  #write(entry, mine) {
    part(this.element, "who").textContent = mine ? gettext("You") : entry.nickname;
    const secret = privateWords(entry, mine);
    flag(this.element, "data-private", secret !== "");
    part(this.element, "private").hidden = secret === "";
    part(this.element, "private-words").textContent = secret;
    const text = part(this.element, "text");
    flag(text, "data-emoji", isOnlyEmoji(entry.text));
    text.append(...linkify(entry.text).map(nodeOf));
  }

  /**
   * Updates what can change: delivery state, and whether the message continues the one before.
   * @param {Row} row @param {boolean} online
   */
  draw({ entry, follows }, online) {
    const words = entry.status === "sent" ? "" : stateWords(entry, online);
    const shown = `${entry.status} ${follows}`;
    if (shown === this.#shown && words === this.#words) return;
    this.#shown = shown;
    this.#words = words;
    this.element.dataset.status = entry.status;
    flag(this.element, "data-waits", entry.status === "sending" && !online);
    flag(this.element, "data-follows", follows);
    this.state.hidden = words === "";
    setText(this.stateWords, words);
    this.again.hidden = entry.status !== "failed";
  }
}

/** @param {Piece} part */
function nodeOf({ text, href }) {
  if (href === undefined) return document.createTextNode(text);
  const link = /** @type {HTMLAnchorElement} */ (piece("link"));
  link.href = href;
  link.textContent = text;
  return link;
}
