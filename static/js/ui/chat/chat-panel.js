/** Renders the chat panel: messages, unread count, and the note on how long messages are kept. */

import { part, setAttribute, setText } from "../kit/dom.js";
import { ChatLog } from "./chat-log.js";
import { failureWords, keepingWords, newWords } from "./chat-words.js";
import { Composer } from "./composer.js";
import { saveChat } from "./save-chat.js";

/**
 * @import { ChatEntry } from "../../call/chat/log.js"
 * @import { CallState } from "../../call/state.js"
 */

/**
 * @typedef {Object} Acts
 * @property {(text: string, to?: string) => void} send
 * @property {(ref: string) => void} again
 * @property {(text: string) => void} copy
 * @property {(entries: ChatEntry[]) => void} arrived - called with others' messages that arrive while the chat is closed
 * @property {(words: string) => void} tell
 */

/**
 * The chat panel and its button's badge. While it is closed no message is rendered, unread ones are only counted.
 */
export class ChatPanel {
  /** @type {CallState | null} */
  #drawn = null;
  /** @type {Set<string>} refs of my messages whose refusal was told */
  #failed = new Set();
  #latest = 0; // id of the last message when I joined; later ones are new
  /** @type {Set<number>} ids in the log as last drawn */
  #seen = new Set();
  #below = 0; // messages that arrived while an earlier part was being read
  #open = false;
  unread = 0;

  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    this.acts = acts;
    this.badge = part(root, "chat-badge");
    this.notice = part(root, "chat-notice");
    this.jump = part(root, "chat-jump");
    this.jumpWords = part(root, "chat-jump-words");
    this.download = part(root, "chat-download");
    this.log = new ChatLog(root, { again: acts.again, copy: acts.copy, reached: () => this.#drawJump(0) });
    this.composer = new Composer(root, (text, to) => {
      acts.send(text, to);
      this.log.toEnd();
    });
    this.jump.addEventListener("click", () => {
      this.log.toEnd();
      this.#drawJump(0);
      this.log.element.focus({ preventScroll: true }); // the hidden button would lose the focus
    });
    this.download.addEventListener("click", () => this.#drawn && saveChat(this.#drawn));
  }

  /** @param {boolean} open @param {CallState} state */
  setOpen(open, state) {
    if (open !== this.#open) this.log.setOpen(open, state);
    this.#open = open;
    if (state.phase === "in") this.#drawUnread();
  }

  /** @param {CallState} state */
  draw(state) {
    const before = this.#drawn;
    this.#drawn = state;
    if (before?.seats !== state.seats || before.me !== state.me) this.composer.draw(state);
    if (before?.room?.chat_days !== state.room?.chat_days) this.#drawNotice(state, before !== null);
    if (before?.chat === state.chat && before.link === state.link && before.me === state.me) return;
    this.log.draw(state);
    this.download.hidden = state.chat.length === 0;
    for (const entry of state.chat) if (entry.id === undefined) this.#tellFailure(entry);
    this.#count(state, before === null);
  }

  /** @param {ChatEntry} entry */
  #tellFailure(entry) {
    if (entry.status !== "failed") this.#failed.delete(entry.ref);
    else if (!this.#failed.has(entry.ref)) {
      this.#failed.add(entry.ref);
      this.acts.tell(failureWords(entry));
    }
  }

  /** @param {CallState} state @param {boolean} first - messages from before I joined are not new */
  #count(state, first) {
    if (first) this.#latest = Math.max(0, ...state.chat.map(({ id = 0 }) => id));
    const seen = this.#seen;
    this.#seen = new Set(state.chat.map(({ id = 0 }) => id));
    const arrived = state.chat.filter((entry) => isNews(entry, state) && !seen.has(entry.id ?? 0));
    const fresh = arrived.filter(({ id = 0 }) => id > this.#latest);
    if (fresh.length > 0 && !this.#open) {
      this.unread += fresh.length;
      this.acts.arrived(fresh);
    }
    this.#drawUnread();
    this.#drawJump(this.log.atEnd || !this.#open ? 0 : this.#below + fresh.length);
  }

  #drawUnread() {
    if (this.#open) this.unread = 0;
    setAttribute(this.badge, "data-words", this.unread > 99 ? "99+" : String(this.unread));
    this.badge.hidden = this.unread === 0;
  }

  /** @param {number} below - messages that arrived below the part being read */
  #drawJump(below) {
    this.#below = below;
    this.jump.hidden = below === 0;
    if (below > 0) setText(this.jumpWords, newWords(below));
  }

  /** @param {CallState} state @param {boolean} changed - during the call, which concerns those who write */
  #drawNotice({ room }, changed) {
    const words = keepingWords(room?.chat_days);
    setText(this.notice, words);
    this.notice.hidden = words === "";
    if (changed && words !== "") this.acts.tell(words);
  }
}

/**
 * Whether a message was sent by somebody else.
 * @param {ChatEntry} entry @param {CallState} state
 */
function isNews(entry, state) {
  return entry.id !== undefined && entry.seat !== state.me;
}
