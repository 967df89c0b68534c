/**
 * Budget of one seat: bounds the work that its pages can make this page do. It outlives connections, generations and
 * reloads of the other side, so that none of them brings a new allowance.
 *
 * Attack: 41 signals of 64 candidates each stopped the main thread for 4 s, 405 of them killed the page with 2 GB. The
 * bounds are several times what honest pages reach: the recovery policies of both sides together make about eight ICE
 * generations in 20 s, and a computer with many networks has about 65 candidates in each.
 */

import { TokenBucket } from "../../token-bucket.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { Rate } from "../../token-bucket.js"
 */

/** @typedef {keyof typeof RATES} BudgetKind */

const RATES = {
  /** Signals of any kind. */
  signals: { burst: 100, perSecond: 10 },
  /** Characters of descriptions and candidates. Our descriptions have 8,000 to 20,000. */
  characters: { burst: 524_288, perSecond: 32_768 },
  /** Offers and answers: two or three calls of the browser each, 5 to 15 ms. */
  descriptions: { burst: 24, perSecond: 1 },
  /** Offers with new ICE credentials: each gathers candidates, and allocates relays, here as well. */
  restarts: { burst: 12, perSecond: 0.25 },
  /** RTCPeerConnections made because the other page has a new one or was reloaded. */
  connections: { burst: 10, perSecond: 0.3 },
  /** Candidates that are added, trickled or from a description. */
  candidates: { burst: 192, perSecond: 8 },
};
/** Changes of the size at which they show my camera. More are not refused but merged. */
const WANTS = { burst: 10, perSecond: 2 };
/** How long a seat counts as limited after the last refusal. */
const LIMITED_MS = 10_000;

/** A bucket per kind of work; reports when the seat begins and ceases to be limited. */
export class SeatBudget {
  /** @type {TokenBucket} */
  wants;

  #clock;
  #limited;
  /** @type {Record<BudgetKind, TokenBucket>} */
  #buckets;
  /** @type {(() => void) | null} */
  #cancelEnd = null;

  /** @param {Clock} clock @param {(limited: boolean) => void} limited */
  constructor(clock, limited) {
    this.#clock = clock;
    this.#limited = limited;
    this.wants = new TokenBucket(clock, WANTS);
    const bucket = (/** @type {Rate} */ rate) => new TokenBucket(clock, rate);
    this.#buckets = {
      signals: bucket(RATES.signals),
      characters: bucket(RATES.characters),
      descriptions: bucket(RATES.descriptions),
      restarts: bucket(RATES.restarts),
      connections: bucket(RATES.connections),
      candidates: bucket(RATES.candidates),
    };
  }

  /**
   * @param {BudgetKind} kind
   * @param {number} [amount]
   * @returns {boolean} false: over the budget; the caller drops what asked for it
   */
  take(kind, amount = 1) {
    const allowed = this.#buckets[kind].take(amount);
    if (!allowed) this.#refused();
    return allowed;
  }

  /** @param {BudgetKind} kind @returns {number} milliseconds until one more is allowed */
  wait(kind) {
    return this.#buckets[kind].wait;
  }

  #refused() {
    if (this.#cancelEnd === null) this.#limited(true);
    this.#cancelEnd?.();
    this.#cancelEnd = this.#clock.after(LIMITED_MS, () => {
      this.#cancelEnd = null;
      this.#limited(false);
    });
  }
}
