/** Tells whether the tiles can be seen at all: not on a hidden page, nor under a side panel that covers them. */

const HIDDEN_MS = 10_000; // a shorter look at another tab does not stop the video

/** Calls `changed` after each change of `seen`. */
export class StageVisibility {
  #shown = true;
  #covered = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hiding;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    document.addEventListener("visibilitychange", () => this.#watch());
  }

  get seen() {
    return this.#shown && !this.#covered;
  }

  /** @param {boolean} covered */
  setCovered(covered) {
    this.#covered = covered;
    this.changed();
  }

  #watch() {
    clearTimeout(this.#hiding);
    if (document.hidden) this.#hiding = setTimeout(() => this.#setShown(false), HIDDEN_MS);
    else this.#setShown(true);
  }

  /** @param {boolean} shown */
  #setShown(shown) {
    this.#shown = shown;
    this.changed();
  }
}
