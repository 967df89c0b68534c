/** Renders the chat panel: messages, unread count, and the note on how long messages are kept. */

import { arrange, part, piece, setAttribute, setText } from "../kit/dom.js";
import { ChatLineView } from "./chat-line.js";
import { dayWords, failureWords, keepingWords, newWords } from "./chat-words.js";
import { Composer } from "./composer.js";
import { enableArrowKeys } from "./log-navigation.js";
import { LogScroll } from "./log-scroll.js";
import { messageRows } from "./message-groups.js";
import { saveChat } from "./save-chat.js";

/**
 * @import { ChatEntry } from "../../call/chat/log.js"
 * @import { CallState } from "../../call/state.js"
 * @import { Row } from "./message-groups.js"
 */

/**
 * @typedef {Object} Acts
 * @property {(text: string, to?: string) => void} send
 * @property {(ref: string) => void} again
 * @property {(text: string) => void} copy
 * @property {(entries: ChatEntry[]) => void} arrived - while the chat was closed
 * @property {(words: string) => void} tell
 */

export class ChatPanel {
  /** @type {Map<string, ChatLineView>} */
  #lines = new Map();
  /** @type {Map<string, HTMLElement>} */
  #days = new Map();
  /** @type {CallState | null} */
  #drawn = null;
  /** @type {Set<string>} */
  #failed = new Set();
  #latest = 0; // when I came; what was said later is news
  /** @type {Set<number>} */
  #seen = new Set();
  #below = 0;
  #open = false;
  unread = 0;

  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    this.acts = acts;
    this.log = part(root, "chat-lines");
    this.empty = part(root, "chat-empty");
    this.badge = part(root, "chat-badge");
    this.notice = part(root, "chat-notice");
    this.jump = part(root, "chat-jump");
    this.jumpWords = part(root, "chat-jump-words");
    this.download = part(root, "chat-download");
    this.scroll = new LogScroll(this.log, () => this.#drawJump(0));
    this.composer = new Composer(root, (text, to) => {
      acts.send(text, to);
      this.scroll.toEnd();
    });
    enableArrowKeys(this.log, ".line");
    this.jump.addEventListener("click", () => {
      this.scroll.toEnd();
      this.log.focus({ preventScroll: true }); // the button goes, and would take the focus along
    });
    this.download.addEventListener("click", () => this.#drawn && saveChat(this.#drawn));
  }

  /** @param {boolean} open @param {CallState} state */
  setOpen(open, state) {
    const opened = open && !this.#open;
    this.#open = open;
    if (opened) this.scroll.toEnd();
    if (state.phase === "in") this.#drawUnread();
  }

  /** @param {CallState} state */
  draw(state) {
    const before = this.#drawn;
    this.#drawn = state;
    if (before?.seats !== state.seats || before.me !== state.me) this.composer.draw(state);
    if (before?.room?.chat_days !== state.room?.chat_days) this.#drawNotice(state, before !== null);
    if (before?.chat === state.chat && before.link === state.link && before.me === state.me) return;
    this.#drawLines(state);
    this.#count(state, before === null);
  }

  /** @param {CallState} state */
  #drawLines(state) {
    const now = new Date();
    const rows = messageRows(state.chat, state.clockSkew, now);
    const nodes = rows.flatMap((row) => {
      const line = this.#drawLine(row, state);
      return row.opensDay ? [this.#day(row.time, now), line] : [line];
    });
    const kept = new Set(state.chat.map(keyOf));
    for (const key of this.#lines.keys()) if (!kept.has(key)) this.#lines.delete(key);
    arrange(this.log, nodes.length > 0 ? nodes : [this.empty]);
    this.download.hidden = rows.length === 0;
    if (this.#open) this.scroll.follow();
  }

  /** @param {Row} row @param {CallState} state */
  #drawLine(row, state) {
    const { entry } = row;
    const key = keyOf(entry);
    let line = this.#lines.get(key);
    if (!line) {
      line = new ChatLineView(row, isMine(entry, state), this.acts);
      this.#lines.set(key, line);
    }
    line.draw(row, state.link === "open");
    this.#tellFailure(entry);
    return line.element;
  }

  /** @param {Date} time @param {Date} now */
  #day(time, now) {
    const key = time.toDateString();
    const day = this.#days.get(key) ?? piece("chat-day");
    this.#days.set(key, day);
    setText(day, dayWords(time, now));
    return day;
  }

  /** @param {ChatEntry} entry */
  #tellFailure(entry) {
    if (entry.status !== "failed") this.#failed.delete(entry.ref);
    else if (!this.#failed.has(entry.ref)) {
      this.#failed.add(entry.ref);
      this.acts.tell(failureWords(entry));
    }
  }

  /** @param {CallState} state @param {boolean} first - what was there before me is no news */
  #count(state, first) {
    if (first) this.#latest = Math.max(0, ...state.chat.map(({ id = 0 }) => id));
    const fresh = state.chat.filter(({ id = 0 }) => id > this.#latest && !this.#seen.has(id));
    for (const { id = 0 } of fresh) this.#seen.add(id);
    const arrived = fresh.filter((entry) => !isMine(entry, state));
    if (arrived.length > 0 && !this.#open) {
      this.unread += arrived.length;
      this.acts.arrived(arrived);
    }
    this.#drawUnread();
    this.#drawJump(this.scroll.atEnd || !this.#open ? 0 : this.#below + arrived.length);
  }

  #drawUnread() {
    if (this.#open) this.unread = 0;
    setAttribute(this.badge, "data-words", this.unread > 99 ? "99+" : String(this.unread));
    this.badge.hidden = this.unread === 0;
  }

  /** @param {number} below - how many came while somebody read further up */
  #drawJump(below) {
    this.#below = below;
    this.jump.hidden = below === 0;
    if (below > 0) setText(this.jumpWords, newWords(below));
  }

  /** @param {CallState} state @param {boolean} changed - in the midst of a call: that concerns what is being written */
  #drawNotice({ room }, changed) {
    const words = keepingWords(room?.chat_days);
    setText(this.notice, words);
    this.notice.hidden = words === "";
    if (changed && words !== "") this.acts.tell(words);
  }
}

/**
 * My own line has a ref before it has an id; refs are unique by seat only.
 * @param {ChatEntry} entry
 */
function keyOf(entry) {
  return entry.ref ? `${entry.seat} ${entry.ref}` : `id ${entry.id}`;
}

/** @param {ChatEntry} entry @param {CallState} state */
function isMine(entry, state) {
  return entry.seat === state.me;
}
