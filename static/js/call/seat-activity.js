/**
 * Limits how often the activity of one seat reaches the state, and so the UI: nicknames, switches and reactions can come
 * many times a second. Of many changes ten apply at once, then four a second, and always the last one. Reactions above
 * the rate that the server allows are dropped.
 */

import { BySeat, TokenBucket } from "../token-bucket.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Reacted, SeatUpdated } from "../protocol.js"
 */

const CHANGES = { burst: 10, perSecond: 4 };
const REACTIONS = { burst: 15, perSecond: 3 };

/** Holds the newest unapplied change of each seat. The reducer drops what is outdated by then. */
export class SeatActivity {
  #clock;
  #changed;
  #reacted;
  /** @type {BySeat<TokenBucket>} */
  #changeBuckets;
  /** @type {BySeat<TokenBucket>} */
  #reactionBuckets;
  /** @type {Map<string, SeatUpdated>} */
  #held = new Map();

  /**
   * @param {Object} options
   * @param {Clock} options.clock
   * @param {(message: SeatUpdated) => void} options.changed
   * @param {(message: Reacted) => void} options.reacted
   */
  constructor({ clock, changed, reacted }) {
    this.#clock = clock;
    this.#changed = changed;
    this.#reacted = reacted;
    this.#changeBuckets = new BySeat(() => new TokenBucket(clock, CHANGES));
    this.#reactionBuckets = new BySeat(() => new TokenBucket(clock, REACTIONS));
  }

  /** @param {Reacted} message */
  react(message) {
    if (this.#reactionBuckets.of(message.from).take()) this.#reacted(message);
  }

  /** @param {SeatUpdated} message */
  change(message) {
    const { id, rev } = message.seat;
    const held = this.#held.get(id);
    if (held) {
      if (rev > held.seat.rev) this.#held.set(id, message);
      return;
    }
    const bucket = this.#changeBuckets.of(id);
    if (bucket.take()) return this.#changed(message);
    this.#held.set(id, message);
    this.#clock.after(bucket.wait, () => this.#release(id, bucket));
  }

  /** Drops the changes that are held; called after leaving. */
  clear() {
    this.#held.clear();
  }

  /** @param {string} id @param {TokenBucket} bucket */
  #release(id, bucket) {
    const message = this.#held.get(id);
    if (!message) return;
    this.#held.delete(id);
    bucket.take();
    this.#changed(message);
  }
}
