/**
 * Keeps a log scrolled to its end while its end is in view, and leaves it where it is while somebody reads further up.
 */

const NEAR_END = 80; // px

export class LogScroll {
  /** Whether what comes next is seen at once. */
  atEnd = true;

  /** @param {HTMLElement} log @param {() => void} reached - the end was scrolled to */
  constructor(log, reached) {
    this.log = log;
    log.addEventListener("scroll", () => {
      this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
      if (this.atEnd) reached();
    });
    // The text field grew, or a phone's keyboard came up.
    new ResizeObserver(() => this.follow()).observe(log);
  }

  /** After something was added. */
  follow() {
    if (this.atEnd) this.toEnd();
  }

  toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
