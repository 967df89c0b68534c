/** Scrolls the chat log. */

const NEAR_END = 80; // px

/** Keeps a log scrolled to its end while the end is in view; leaves it alone while an earlier part is being read. */
export class LogScroll {
  /** Whether the end is in view. */
  atEnd = true;

  /** @param {HTMLElement} log @param {() => void} reached - called when the end was scrolled to */
  constructor(log, reached) {
    this.log = log;
    log.addEventListener("scroll", () => {
      this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
      if (this.atEnd) reached();
    });
    // The log shrinks when the text field grows or a phone's keyboard opens.
    new ResizeObserver(() => this.follow()).observe(log);
  }

  /** To be called after something was added. */
  follow() {
    if (this.atEnd) this.toEnd();
  }

  toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
