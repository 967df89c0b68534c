/** Scrolls the chat log. */

const NEAR_END = 80; // px
const NEAR_EDGE = 600; // px; earlier and later messages are added before the edge is reached

/**
 * The scroll position of a log: at its end while that is in view, otherwise on the message that is being read, whatever
 * is added or removed around it. Safari has no scroll anchoring, and no browser anchors at the very top.
 */
export class LogScroll {
  /** @param {HTMLElement} log @param {() => void} moved - called when the log was scrolled */
  constructor(log, moved) {
    this.log = log;
    log.addEventListener("scroll", moved);
  }

  get atEnd() {
    return this.#below < NEAR_END;
  }

  get nearEnd() {
    return this.#below < NEAR_EDGE;
  }

  get nearStart() {
    return this.log.scrollTop < NEAR_EDGE;
  }

  get #below() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /**
   * Changes the content and leaves what is in view where it is.
   * @param {() => void} change
   */
  hold(change) {
    const top = this.log.getBoundingClientRect().top;
    const inView = [...this.log.children].filter((child) => child.getBoundingClientRect().bottom > top);
    const places = new Map(inView.map((child) => [child, child.getBoundingClientRect().top]));
    change();
    const anchor = inView.find((child) => child.parentElement === this.log);
    if (anchor === undefined) return;
    const shift = anchor.getBoundingClientRect().top - (places.get(anchor) ?? 0);
    if (shift !== 0) this.log.scrollTop += shift;
  }
}
