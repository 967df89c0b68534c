/**
 * Wraps one RTCPeerConnection: one generation of a peer, from its invitation to its end. Its owner makes one call at a
 * time; answers, offers and candidates may arrive late, twice or not at all.
 */

import { LIMITS } from "../../protocol.js";
import { CandidateFeed } from "./candidate-feed.js";
import { DtlsRole } from "./dtls-role.js";
import { Senders } from "./senders.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { SeatBudget } from "./seat-budget.js"
 * @import { Tracks } from "./senders.js"
 * @import { SignalData } from "./signal-data.js"
 */

/**
 * @typedef {Object} ConnectionHost
 * @property {Clock} clock
 * @property {SeatBudget} budget - of the other side's seat
 * @property {(data: SignalData) => void} send
 * @property {() => void} changed - the state of the media may have changed
 * @property {() => void} negotiationNeeded
 */

// Local candidates are found within milliseconds; sent inside the description they need not wait for a batch.
const GATHER_MS = 10;
const GLARE_MS = 500;

/** Offers, answers, candidates and the four senders of one RTCPeerConnection. */
export class Connection {
  /** The other side's generation, 0 while unpaired. */
  remoteGen = 0;
  offeredAt = 0;
  invitedAt = 0;
  /** The other side has closed its end: it left, reloaded, or is about to send a new invitation. */
  remoteClosed = false;
  senders = new Senders();

  #host;
  #dtlsRole = new DtlsRole();
  #sequence = 0;
  #offerSequence = 0;
  #answerSequence = 0;
  #remoteSequence = -1;
  #closed = false;
  /** Whether we take our offer back when both sides offer at once. */
  #yieldsInGlare = false;
  #candidates;
  /** @type {RTCIceCandidate[]} */
  #candidateBatch = [];
  /** @type {(() => void) | null} */
  #cancelBatch = null;
  #stopGathering = () => {};

  /**
   * @param {RTCPeerConnection} pc
   * @param {number} gen
   * @param {ConnectionHost} host
   */
  constructor(pc, gen, host) {
    this.pc = pc;
    this.gen = gen;
    this.#host = host;
    this.#candidates = new CandidateFeed(pc, host.clock, () => host.budget.take("candidates"));
    pc.onicecandidate = ({ candidate }) => this.#candidateGathered(candidate);
    pc.onconnectionstatechange = () => host.changed();
    pc.onsignalingstatechange = () => host.changed();
    pc.onnegotiationneeded = () => host.negotiationNeeded();
  }

  get invited() {
    return this.#offerSequence > 0;
  }

  /** Whether it was made to send an invitation, so that it cannot accept one. */
  get hasOwnMediaLines() {
    return this.remoteGen === 0 && this.pc.getTransceivers().length > 0;
  }

  get offering() {
    return this.pc.signalingState === "have-local-offer";
  }

  /** @param {Tracks} tracks */
  async invite(tracks) {
    this.invitedAt = this.#host.clock.now();
    this.#yieldsInGlare = true;
    this.senders.invite(this.pc, tracks);
    await this.offer();
  }

  async offer() {
    if (this.#closed || this.pc.signalingState !== "stable") return;
    this.#sequence += 1;
    this.#offerSequence = this.#sequence;
    this.offeredAt = this.#host.clock.now();
    await this.pc.setLocalDescription();
    await this.#waitForCandidates();
    this.resend();
  }

  /** Sends the outstanding offer again, with all candidates found since. */
  resend() {
    if (!this.offering) return;
    this.offeredAt = this.#host.clock.now();
    this.#sendDescription(this.#offerSequence);
  }

  /** @param {RTCConfiguration} configuration - with fresh TURN credentials for the next ICE restart of either side */
  configure(configuration) {
    if (!this.#closed) this.pc.setConfiguration(configuration);
  }

  /** @param {RTCConfiguration} configuration */
  restartIce(configuration) {
    if (this.#closed) return;
    this.configure(configuration);
    this.pc.restartIce();
  }

  /**
   * Accepts the first offer of the other side, or the same one again because our answer was lost. It has priority over
   * an offer of ours, which the other side cannot accept before it has our answer.
   * @param {SignalData} data
   * @param {Tracks} tracks
   */
  async acceptInvitation(data, tracks) {
    if (data.n < this.#remoteSequence || !this.#affords(data)) return;
    if (this.offering) return this.#answerAgain(data.n);
    const first = this.remoteGen === 0;
    this.remoteGen = data.gen[0];
    await this.#answer(data, () => {
      if (first) this.senders.adopt(this.pc, tracks);
    });
  }

  /**
   * Perfect negotiation: when both offer at once, the side that invited takes its own offer back. Never the other side:
   * in Chromium (156) a side that answered the first offer and rolls back an offer of its own as the next step gets no
   * video any more. If our offer is older than GLARE_MS, it was lost and is sent again.
   * @param {SignalData} data
   */
  async acceptOffer(data) {
    if (data.n < this.#remoteSequence || !this.#affords(data)) return;
    if (this.pc.signalingState !== "stable" && !this.#yieldsInGlare) {
      if (this.#host.clock.now() - this.offeredAt > GLARE_MS) this.resend();
      return;
    }
    await this.#answer(data, () => {});
  }

  /** @param {SignalData} data @returns {Promise<boolean>} whether it answers our outstanding offer */
  async acceptAnswer(data) {
    if (!this.offering || data.re !== this.#offerSequence || !data.description) return false;
    if (!this.#affords(data)) return false;
    this.remoteGen = data.gen[0];
    this.#remoteSequence = Math.max(this.#remoteSequence, data.n);
    await this.#candidates.describe(data.description);
    this.#dtlsRole.answered(data.description.sdp);
    this.#watchTransport();
    return true;
  }

  /** @param {readonly RTCIceCandidateInit[]} candidates */
  addCandidates(candidates) {
    this.#candidates.add(candidates);
  }

  /** @param {Partial<SignalData>} data */
  send(data) {
    if (this.#closed) return;
    this.#sequence += 1;
    this.#host.send({ gen: [this.gen, this.remoteGen], n: this.#sequence, ...data });
  }

  close() {
    this.#closed = true;
    this.#cancelBatch?.();
    this.#candidates.stop();
    this.#stopGathering();
    this.pc.onicecandidate = this.pc.onnegotiationneeded = null;
    this.pc.onconnectionstatechange = this.pc.onsignalingstatechange = null;
    this.pc.close();
  }

  /** @param {SignalData} data @param {() => void} prepare */
  async #answer(data, prepare) {
    if (!data.description) return;
    this.#remoteSequence = data.n;
    await this.#candidates.describe(data.description);
    prepare();
    await this.pc.setLocalDescription();
    this.#watchTransport();
    await this.#waitForCandidates();
    if (this.offering) return;
    this.#answerSequence = this.#sequence + 1;
    this.#sendDescription(this.#answerSequence, data.n);
  }

  /**
   * Our answer to their invitation was lost, and meanwhile we have an outstanding offer, which they could not accept.
   * @param {number} re
   */
  #answerAgain(re) {
    // With its old sequence number: a newer one would make the outstanding offer look outdated.
    this.#sendDescription(this.#answerSequence, re, this.pc.currentLocalDescription);
    this.resend();
  }

  /** A closed DTLS transport shows that the other side has ended, long before ICE notices the silence. */
  #watchTransport() {
    const transport = this.senders.transport;
    if (!transport) return;
    transport.onstatechange = () => {
      if (this.#closed || transport.state !== "closed") return;
      this.remoteClosed = true;
      this.#host.changed();
    };
  }

  /**
   * @param {number} n - a repeated description keeps its number
   * @param {number} [re] - sequence number of the offer that is answered
   * @param {RTCSessionDescription | null} [description]
   */
  #sendDescription(n, re, description = this.pc.localDescription) {
    const { type, sdp } = description ?? {};
    if (this.#closed || !sdp || (type !== "offer" && type !== "answer")) return;
    this.#candidateBatch = [];
    const kept = type === "answer" ? this.#dtlsRole.keep(sdp) : sdp;
    this.send({ description: { type, sdp: kept }, n, ...(re !== undefined && { re }) });
  }

  /**
   * Whether the seat's budget allows this description.
   * @param {SignalData} data
   */
  #affords({ description }) {
    const { budget } = this.#host;
    if (!description) return true;
    if (!budget.take("descriptions")) return false;
    const present = ufragIn(this.pc.remoteDescription?.sdp);
    const restarts = description.type === "offer" && present !== undefined && present !== ufragIn(description.sdp);
    return !restarts || budget.take("restarts");
  }

  /** @param {RTCIceCandidate | null} candidate */
  #candidateGathered(candidate) {
    if (!candidate) {
      this.#stopGathering();
      return this.#sendBatch();
    }
    this.#candidateBatch.push(candidate);
    this.#cancelBatch ??= this.#host.clock.after(LIMITS.CANDIDATE_BATCH_MS, () => this.#sendBatch());
  }

  #sendBatch() {
    this.#cancelBatch?.();
    this.#cancelBatch = null;
    const candidates = this.#candidateBatch.map((candidate) => candidate.toJSON());
    this.#candidateBatch = [];
    if (candidates.length > 0) this.send({ candidates });
  }

  /** @returns {Promise<void>} */
  #waitForCandidates() {
    if (this.pc.iceGatheringState === "complete") return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#host.clock.after(GATHER_MS, resolve);
      this.#stopGathering = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** @param {string} [sdp] @returns {string | undefined} the ICE user fragment, which every restart changes */
function ufragIn(sdp) {
  return sdp?.match(/^a=ice-ufrag:(\S+)/m)?.[1];
}
