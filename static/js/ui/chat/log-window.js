/** Chooses which messages of the chat log are in the document. Pure. */

/** @typedef {{from: number, to: number}} Range - indices into the log; `to` is exclusive */

/** Messages in the document while the end of the log is in view. */
export const WINDOW = 200;
/** Messages in the document at most, while an earlier part is being read. */
export const WINDOW_MAX = 300;
/** Messages that are added in one animation frame at most: even long ones with many links take a few milliseconds. */
export const PORTION = 25;

/**
 * A sliding window over the log. It follows the end of the log until it is moved; then it stays on the same messages, and
 * what arrives meanwhile is not in it. Messages are identified by keys, because their indices change.
 */
export class LogWindow {
  /** Whether the window ends with the latest message. */
  followsEnd = true;
  #first = "";
  #last = "";
  #move = 0;
  #range = { from: 0, to: 0 };

  /** Follows the end of the log again. */
  follow() {
    this.followsEnd = true;
    this.#move = 0;
  }

  /** Stays on the messages that it has now. */
  stay() {
    this.followsEnd = false;
  }

  /**
   * Extends the window by a portion with the next range.
   * @param {1 | -1} direction - -1: earlier messages
   */
  extend(direction) {
    this.stay();
    this.#move = direction;
  }

  /**
   * Moves the window to one end of the log.
   * @param {readonly string[]} keys
   */
  toStart(keys) {
    this.stay();
    [this.#first = "", this.#last = ""] = [keys[0], keys[Math.min(PORTION, keys.length) - 1]];
  }

  /**
   * The messages to show in the next frame.
   * @param {readonly string[]} keys - of the whole log, oldest first
   * @param {{has: (key: string) => boolean}} shown - those in the document
   * @returns {Range}
   */
  next(keys, shown) {
    this.#range = this.followsEnd ? latest(keys, shown) : this.#kept(keys);
    this.#move = 0;
    this.#first = keys[this.#range.from] ?? "";
    this.#last = keys[this.#range.to - 1] ?? "";
    return this.#range;
  }

  /**
   * Whether the window is to be filled further in another frame.
   * @param {number} count - of the messages in the log
   */
  incomplete(count) {
    const { from, to } = this.#range;
    return to - from < Math.min(WINDOW, count);
  }

  /**
   * Whether the last message of the window is the last one of the log.
   * @param {number} count - of the messages in the log
   */
  reaches(count) {
    return this.#range.to === count;
  }

  /** @param {readonly string[]} keys @returns {Range} */
  #kept(keys) {
    const from = Math.max(0, keys.indexOf(this.#first)); // the log drops its oldest messages
    const last = keys.lastIndexOf(this.#last);
    const to = last < from ? Math.min(from + PORTION, keys.length) : last + 1;
    if (this.#move !== 0) return extended({ from, to }, this.#move, keys.length);
    return filled({ from, to: Math.min(to, from + WINDOW_MAX) }, keys.length);
  }
}

/**
 * The last messages, with no more than a portion of new ones.
 * @param {readonly string[]} keys @param {{has: (key: string) => boolean}} shown
 * @returns {Range}
 */
function latest(keys, shown) {
  let from = keys.length;
  for (let added = 0; from > 0 && keys.length - from < WINDOW; from -= 1) {
    if (!shown.has(keys[from - 1] ?? "")) added += 1;
    if (added > PORTION) break;
  }
  return { from, to: keys.length };
}

/**
 * A range extended at one end; at the other it loses what exceeds the maximum.
 * @param {Range} range @param {number} direction @param {number} count
 * @returns {Range}
 */
function extended({ from, to }, direction, count) {
  if (direction < 0) {
    const start = Math.max(0, from - PORTION);
    return { from: start, to: Math.min(to, start + WINDOW_MAX) };
  }
  const end = Math.min(count, to + PORTION);
  return { from: Math.max(from, end - WINDOW_MAX), to: end };
}

/**
 * A short range, extended towards the end of the log, or towards its start when it has the end.
 * @param {Range} range @param {number} count
 * @returns {Range}
 */
function filled({ from, to }, count) {
  const missing = Math.min(PORTION, WINDOW - (to - from));
  if (missing <= 0) return { from, to };
  return to < count ? { from, to: Math.min(count, to + missing) } : { from: Math.max(0, from - missing), to };
}
