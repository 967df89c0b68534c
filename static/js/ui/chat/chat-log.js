/** Renders the messages of the chat. */

import { systemClock } from "../../clock.js";
import { arrange, part, piece, setAttribute, setText } from "../kit/dom.js";
import { redrawOnFrame } from "../kit/redraw.js";
import { ChatLineView } from "./chat-line.js";
import { dayWords, untilTomorrow } from "./chat-words.js";
import { enableArrowKeys } from "./log-navigation.js";
import { LogScroll } from "./log-scroll.js";
import { LogWindow } from "./log-window.js";
import { messageRows } from "./message-groups.js";
import { SpeechBudget } from "./speech-budget.js";

/**
 * @import { ChatEntry } from "../../call/chat/log.js"
 * @import { CallState } from "../../call/state.js"
 * @import { Clock } from "../../clock.js"
 * @import { Row } from "./message-groups.js"
 */

/**
 * @typedef {Object} LogActs
 * @property {(ref: string) => void} again
 * @property {(text: string) => void} copy
 * @property {() => void} reached - called when the end was scrolled to
 */

/**
 * The log of messages. Nothing of it is in the document while the panel is closed, and a bounded part of it while the
 * panel is open: the last messages, or those around the ones being read. Find-in-page therefore finds only messages in
 * that part; the download has all of them.
 */
export class ChatLog {
  /** @type {Map<string, ChatLineView>} */
  #lines = new Map();
  /** @type {Map<string, HTMLElement>} */
  #days = new Map();
  /** @type {CallState | null} */
  #state = null;
  #open = false;
  #window = new LogWindow();
  #speech = new SpeechBudget();
  #cancelMidnight = () => {};

  /** @param {HTMLElement} root @param {LogActs} acts @param {Clock} [clock] */
  constructor(root, acts, clock = systemClock) {
    this.acts = acts;
    this.clock = clock;
    this.element = part(root, "chat-lines");
    this.empty = part(root, "chat-empty");
    this.redraw = redrawOnFrame(() => this.#draw());
    this.scroll = new LogScroll(this.element, () => this.#scrolled());
    // The log shrinks when the text field grows or a phone's keyboard opens.
    new ResizeObserver(() => this.#open && this.#window.followsEnd && this.scroll.toEnd()).observe(this.element);
    enableArrowKeys(this.element, ".line", {
      Home: () => this.#toStart(),
      End: () => this.toEnd(),
      ArrowUp: () => this.#extendAtFocus(-1),
      ArrowDown: () => this.#extendAtFocus(1),
    });
  }

  /** Whether new messages are seen at once. */
  get atEnd() {
    return this.#window.followsEnd;
  }

  /** @param {boolean} open @param {CallState} state */
  setOpen(open, state) {
    this.#open = open;
    this.#state = state;
    if (open) return this.toEnd();
    this.#cancelMidnight();
    this.#lines.clear();
    this.#days.clear();
    arrange(this.element, []);
  }

  /** @param {CallState} state */
  draw(state) {
    this.#state = state;
    this.#draw();
  }

  /** Shows the latest messages. */
  toEnd() {
    this.#window.follow();
    this.#draw();
    this.scroll.toEnd();
  }

  #toStart() {
    this.#window.toStart((this.#state?.chat ?? []).map(keyOf));
    this.#draw();
  }

  /**
   * Makes room for the next step of the focus from the first or last message of the window.
   * @param {1 | -1} direction
   */
  #extendAtFocus(direction) {
    const edge = direction < 0 ? this.element.querySelector(".line") : this.element.lastElementChild;
    if (!edge?.contains(document.activeElement)) return;
    this.#window.extend(direction);
    this.#draw();
  }

  #scrolled() {
    if (!this.#open || this.#state === null) return;
    const reachesEnd = this.#window.reaches(this.#state.chat.length);
    if (this.scroll.atEnd && reachesEnd) {
      this.#window.follow();
      this.acts.reached();
    } else if (this.scroll.nearEnd && !reachesEnd) this.#window.extend(1);
    else if (this.scroll.nearStart) this.#window.extend(-1);
    else this.#window.stay();
    this.redraw();
  }

  #draw() {
    const state = this.#state;
    if (!this.#open || state === null) return;
    const now = new Date(this.clock.now());
    this.#cancelMidnight();
    this.#cancelMidnight = this.clock.after(untilTomorrow(now), () => this.redraw());
    const rows = messageRows(state.chat, state.clockSkew, now);
    const keys = state.chat.map(keyOf);
    const { from, to } = this.#window.next(keys, this.#lines);
    const added = keys.slice(from, to).filter((key) => !this.#lines.has(key)).length;
    setAttribute(this.element, "aria-live", this.#speech.allows(added, performance.now()) ? "polite" : "off");
    const change = () => this.#place(rows.slice(from, to), state, now);
    if (this.#window.followsEnd) change();
    else this.scroll.hold(change);
    if (this.#window.followsEnd) this.scroll.toEnd();
    if (this.#window.incomplete(keys.length)) this.redraw();
  }

  /** @param {Row[]} rows @param {CallState} state @param {Date} now */
  #place(rows, state, now) {
    const held = this.element.contains(document.activeElement);
    const nodes = rows.flatMap((row, index) => {
      const line = this.#drawLine(index === 0 ? { ...row, follows: false } : row, state);
      return row.opensDay ? [this.#day(row.time, now), line] : [line];
    });
    const kept = new Set(rows.map(({ entry }) => keyOf(entry)));
    for (const key of this.#lines.keys()) if (!kept.has(key)) this.#lines.delete(key);
    arrange(this.element, nodes.length > 0 ? nodes : [this.empty]);
    // The message that had the focus left the window: keep the focus in the log.
    if (held && !this.element.contains(document.activeElement)) this.element.focus({ preventScroll: true });
  }

  /** @param {Row} row @param {CallState} state */
  #drawLine(row, state) {
    const { entry } = row;
    const key = keyOf(entry);
    let line = this.#lines.get(key);
    if (!line) {
      line = new ChatLineView(row, entry.seat === state.me, this.acts);
      this.#lines.set(key, line);
    }
    line.draw(row, state.link === "open");
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
}

/**
 * The key of a message. My own has a ref before it has an id; refs are unique by seat only.
 * @param {ChatEntry} entry
 */
function keyOf(entry) {
  return entry.ref ? `${entry.seat} ${entry.ref}` : `id ${entry.id}`;
}
