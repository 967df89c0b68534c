/**
 * Pairs the connections of two pages: agrees with the other side on one generation each, handles its signals, and
 * replaces our connection where the other side has a new one.
 *
 * Both pages number their connections. An invitation names the sender's generation only; the receiver pairs its own
 * with it and answers. Signals between other generations are ignored.
 */

import { CandidateBuffer } from "./candidate-buffer.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { Connection } from "./connection.js"
 * @import { SeatBudget } from "./seat-budget.js"
 * @import { Tracks } from "./senders.js"
 * @import { SignalData } from "./signal-data.js"
 */

/**
 * @typedef {Object} PairingHost
 * @property {Clock} clock
 * @property {SeatBudget} budget - of the other side's seat
 * @property {Tracks} tracks - mine
 * @property {() => Connection} connect - makes the next generation
 * @property {() => void} replaced - there is a new connection, not yet paired
 * @property {() => void} paired
 * @property {(want: {height: number}, n: number) => void} wanted - the size at which they show my camera
 */

const GLARE_MS = 2_000;

/** Handles one signal or step at a time; its owner queues them. */
export class Pairing {
  /** The present generation. @type {Connection} */
  connection;

  #polite;
  #host;
  #earlyCandidates = new CandidateBuffer();
  /** The other side's newest paired generation; signals of older ones are ignored. */
  #newestPaired = 0;

  /** @param {{connection: Connection, polite: boolean, host: PairingHost}} options */
  constructor({ connection, polite, host }) {
    this.connection = connection;
    this.#polite = polite;
    this.#host = host;
  }

  get paired() {
    return this.connection.remoteGen > 0;
  }

  /** Makes an offer, or an invitation where there is none yet. */
  offer() {
    const { connection } = this;
    return this.paired || connection.invited ? connection.offer() : connection.invite(this.#host.tracks);
  }

  /** Gives up the connection and invites with a new one. */
  rebuild() {
    this.#replace();
    return this.connection.invite(this.#host.tracks);
  }

  /** @param {SignalData} data */
  async handle(data) {
    const [theirs, mine] = data.gen;
    const { connection } = this;
    const offer = data.description?.type === "offer";
    if (mine === 0) return offer ? this.#handleInvitation(data) : this.#acceptExtras(data);
    if (mine !== connection.gen) return this.#handleStale(offer);
    if (!this.paired) return this.#handleFirstAnswer(data);
    if (theirs !== connection.remoteGen) return;
    if (offer) await connection.acceptOffer(data);
    else if (data.description) await connection.acceptAnswer(data);
    this.#acceptExtras(data);
  }

  #replace() {
    this.connection.close();
    this.connection = this.#host.connect();
    this.#host.replaced();
  }

  /** @param {SignalData} data */
  async #handleInvitation(data) {
    const theirs = data.gen[0];
    if (theirs !== this.connection.remoteGen) {
      if (theirs <= this.#newestPaired) return;
      if (this.connection.invited && !this.paired && !this.#polite) return this.#resolveGlare();
      if (this.connection.hasOwnMediaLines || this.paired) {
        if (!this.#host.budget.take("connections")) return;
        this.#replace();
      }
    }
    const fresh = !this.paired;
    await this.connection.acceptInvitation(data, this.#host.tracks);
    if (fresh && this.paired) this.#pair();
    this.#acceptExtras(data);
  }

  /**
   * Both sides have sent invitations. The other side gives way as soon as it has mine. If mine is older than GLARE_MS,
   * the other side has already discarded that generation and needs a new one.
   */
  async #resolveGlare() {
    if (this.#host.clock.now() - this.connection.invitedAt < GLARE_MS) return;
    if (!this.#host.budget.take("connections")) return;
    await this.rebuild();
  }

  /** @param {SignalData} data - while our invitation is unanswered */
  async #handleFirstAnswer(data) {
    if (data.gen[0] <= this.#newestPaired) return;
    if (data.description?.type === "answer" && (await this.connection.acceptAnswer(data))) this.#pair();
    this.#acceptExtras(data);
  }

  /**
   * The other side addressed a connection that we have replaced. If it waits for an invitation, it gets one.
   * @param {boolean} offer
   */
  async #handleStale(offer) {
    if (offer && !this.connection.invited && !this.paired) await this.connection.invite(this.#host.tracks);
  }

  /** @param {SignalData} data - candidates and `want`, which any signal may carry */
  #acceptExtras({ gen, n, candidates = [], want }) {
    const [theirs] = gen;
    if (theirs !== this.connection.remoteGen) {
      if (theirs > this.#newestPaired) this.#earlyCandidates.put(theirs, candidates);
      return;
    }
    this.connection.addCandidates(candidates);
    if (want) this.#host.wanted(want, n);
  }

  #pair() {
    const { remoteGen } = this.connection;
    this.#newestPaired = remoteGen;
    this.connection.addCandidates(this.#earlyCandidates.take(remoteGen));
    this.#host.paired();
  }
}
