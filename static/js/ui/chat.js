// The chat panel. Text of other people reaches the page by textContent alone.

import { CHAT_MAX_WORDS, tooLong } from "./chat-limit.js";
import { arrange, find, part, piece, setText } from "./dom.js";
import { pieces } from "./links.js";

/** @typedef {import("../call/store.js").CallState} CallState */
/** @typedef {import("../call/store.js").ChatEntry} ChatEntry */

const STATES = { sent: "", sending: "Sending…", failed: "Not sent" };
const NEAR_END = 80; // px: whoever reads older lines is not pulled down
const TALLEST = 140; // px

export class Chat {
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map();
  /** @type {Set<string>} failed lines that were sent again */
  #replaced = new Set();
  /** @type {Set<string>|null} lines seen, null before the first picture of the chat */
  #seen = null;
  #open = false;
  unread = 0;

  /** @param {HTMLElement} root @param {{send: (text: string, to?: string) => void, arrived: (entry: ChatEntry) => void}} options */
  constructor(root, { send, arrived }) {
    this.send = send;
    this.arrived = arrived;
    this.log = part(root, "chat-lines");
    this.empty = part(root, "chat-empty");
    this.badge = part(root, "chat-badge");
    this.limit = part(root, "chat-limit");
    this.text = find(root, "#chat-text", HTMLTextAreaElement);
    this.to = find(root, "#chat-to", HTMLSelectElement);
    this.toRow = part(root, "chat-to-row");
    this.text.addEventListener("input", () => this.#grow());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    part(root, "composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** @param {boolean} open @param {CallState} state */
  setOpen(open, state) {
    this.#open = open;
    if (open) this.log.scrollTop = this.log.scrollHeight;
    this.draw(state);
  }

  /** @param {CallState} state */
  draw(state) {
    const entries = state.chat.filter((entry) => !this.#replaced.has(keyOf(entry)));
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
    const lines = entries.map((entry) => this.#drawLine(entry, state));
    arrange(this.log, lines.length > 0 ? lines : [this.empty]);
    if (atEnd) this.log.scrollTop = this.log.scrollHeight;
    this.#count(entries, state);
    this.#drawRecipients(state);
  }

  /** @param {ChatEntry} entry @param {CallState} state */
  #drawLine(entry, state) {
    const key = keyOf(entry);
    const line = this.#lines.get(key) ?? this.#make(entry, state);
    this.#lines.set(key, line);
    line.dataset["status"] = entry.status;
    const note = part(line, "state");
    note.hidden = entry.status === "sent";
    setText(part(line, "state-words"), STATES[entry.status]);
    part(line, "again").hidden = entry.status !== "failed";
    return line;
  }

  /** @param {ChatEntry} entry @param {CallState} state */
  #make(entry, state) {
    const line = piece("chat");
    const mine = entry.seat === state.me;
    line.toggleAttribute("data-mine", mine);
    line.toggleAttribute("data-private", entry.to !== null && entry.to !== undefined);
    part(line, "who").textContent = whoWords(entry, state);
    const time = find(line, "time", HTMLTimeElement);
    const sent = new Date((entry.sent_at - (mine && entry.id === undefined ? 0 : state.clockSkew)) * 1000);
    time.dateTime = sent.toISOString();
    time.textContent = sent.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    part(line, "text").append(...pieces(entry.text).map(nodeOf));
    part(line, "again").addEventListener("click", () => {
      this.#replaced.add(keyOf(entry));
      this.send(entry.text, entry.to ?? undefined);
    });
    return line;
  }

  /** @param {ChatEntry[]} entries @param {CallState} state */
  #count(entries, state) {
    const first = this.#seen === null;
    this.#seen ??= new Set();
    for (const entry of entries) {
      const key = keyOf(entry);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      if (first || entry.seat === state.me || this.#open) continue;
      this.unread += 1;
      this.arrived(entry);
    }
    if (this.#open) this.unread = 0;
    setText(this.badge, this.unread > 99 ? "99+" : String(this.unread));
    this.badge.hidden = this.unread === 0;
  }

  /** @param {CallState} state */
  #drawRecipients(state) {
    const others = Object.values(state.seats).filter((seat) => seat.id !== state.me);
    const choices = [{ id: "", nickname: "Everyone" }, ...others];
    const chosen = this.to.value;
    const old = new Map([...this.to.options].map((option) => [option.value, option]));
    arrange(
      this.to,
      choices.map(({ id, nickname }) => {
        const option = old.get(id) ?? /** @type {HTMLOptionElement} */ (piece("option"));
        option.value = id;
        setText(option, id === "" ? nickname : `${nickname} only`);
        return option;
      }),
    );
    this.to.value = choices.some(({ id }) => id === chosen) ? chosen : "";
    this.toRow.hidden = others.length < 2;
  }

  #submit() {
    const text = this.text.value.trim();
    if (text === "" || tooLong(text)) return;
    this.send(text, this.to.value === "" || this.toRow.hidden ? undefined : this.to.value);
    this.text.value = "";
    this.#grow();
    this.log.scrollTop = this.log.scrollHeight;
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(TALLEST, this.text.scrollHeight)}px`;
    const long = tooLong(this.text.value.trim());
    this.limit.hidden = !long;
    setText(this.limit, long ? CHAT_MAX_WORDS : "");
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
function whoWords(entry, state) {
  const mine = entry.seat === state.me;
  if (entry.to === null || entry.to === undefined) return mine ? "You" : entry.nickname;
  if (!mine) return `${entry.nickname}, to you only`;
  return `You, to ${state.seats[entry.to]?.nickname ?? "one person"} only`;
}

/** @param {import("./links.js").Piece} part */
function nodeOf({ text, href }) {
  if (href === undefined) return document.createTextNode(text);
  const link = /** @type {HTMLAnchorElement} */ (piece("link"));
  link.href = href;
  link.textContent = text;
  return link;
}
