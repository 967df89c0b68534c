/** A clock that stands still until the test moves it. */
export class FakeClock {
  /** @param {number} [start] */
  constructor(start = 1_795_000_000_000) {
    this.#time = start;
  }

  #time;
  #order = 0;
  /** @type {{at: number, order: number, run: () => void}[]} */
  #timers = [];
  chance = 0.5;

  now = () => this.#time;

  random = () => this.chance;

  /** @param {number} ms @param {() => void} run */
  after = (ms, run) => {
    const timer = { at: this.#time + Math.max(0, ms), order: (this.#order += 1), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** The machine sleeps: time passes, timers do not fire. @param {number} ms */
  sleep(ms) {
    this.#time += ms;
  }

  /** @param {number} ms */
  async advance(ms) {
    const end = this.#time + ms;
    await settle();
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#time = Math.max(this.#time, timer.at);
      this.#timers = this.#timers.filter((other) => other !== timer);
      timer.run();
      await settle();
    }
    this.#time = end;
  }

  /** @param {number} end */
  #next(end) {
    const due = this.#timers.filter((timer) => timer.at <= end);
    return due.sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** Lets every promise that can go on go on. @returns {Promise<void>} */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}
