/**
 * Wraps one RTCPeerConnection: one generation of a peer, from its invitation to its end. Its owner calls it one step at
 * a time; answers, offers and candidates may come late, doubled or not at all.
 */

import { LIMITS } from "../../protocol.js";
import { DtlsRole } from "./dtls-role.js";
import { Senders } from "./senders.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { Tracks } from "./senders.js"
 * @import { SignalData } from "./signal-data.js"
 */

/**
 * @typedef {Object} ConnectionHost
 * @property {Clock} clock
 * @property {(data: SignalData) => void} send
 * @property {() => void} changed - the state of the media may have changed
 * @property {() => void} negotiationNeeded
 */

const HELD_MAX = 64;
// Local candidates come within milliseconds; sent inside the description they save a whole batch's wait.
const GATHER_MS = 10;
const GLARE_MS = 500;

export class Connection {
  /** The other side's generation, 0 while unpaired. */
  remoteGen = 0;
  offeredAt = 0;
  invitedAt = 0;
  /** The other side has closed its end: it left, reloaded, or is about to invite anew. */
  over = false;
  senders = new Senders();

  #host;
  #role = new DtlsRole();
  #n = 0;
  #offerN = 0;
  #answerN = 0;
  #remoteN = -1;
  #closed = false;
  /** Whether an offer of ours gives way to theirs. */
  #yields = false;
  /** @type {RTCIceCandidateInit[]} */
  #held = [];
  /** @type {RTCIceCandidate[]} */
  #batch = [];
  /** @type {(() => void) | null} */
  #cancelFlush = null;
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
    pc.onicecandidate = ({ candidate }) => this.#gathered(candidate);
    pc.onconnectionstatechange = () => host.changed();
    pc.onsignalingstatechange = () => host.changed();
    pc.onnegotiationneeded = () => host.negotiationNeeded();
  }

  get invited() {
    return this.#offerN > 0;
  }

  /** Whether it was made to invite, so that it cannot take an invitation any more. */
  get forInviting() {
    return this.remoteGen === 0 && this.pc.getTransceivers().length > 0;
  }

  get offering() {
    return this.pc.signalingState === "have-local-offer";
  }

  /** @param {Tracks} tracks */
  async invite(tracks) {
    this.invitedAt = this.#host.clock.now();
    this.#yields = true;
    this.senders.invite(this.pc, tracks);
    await this.offer();
  }

  async offer() {
    if (this.#closed || this.pc.signalingState !== "stable") return;
    this.#n += 1;
    this.#offerN = this.#n;
    this.offeredAt = this.#host.clock.now();
    await this.pc.setLocalDescription();
    await this.#gather();
    this.resend();
  }

  /** Says the outstanding offer again, with every candidate found since. */
  resend() {
    if (!this.offering) return;
    this.offeredAt = this.#host.clock.now();
    this.#describe(this.#offerN);
  }

  /** @param {RTCConfiguration} configuration - with fresh TURN credentials, for the next restart by either side */
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
   * The first offer of the other side, or the same one again because our answer got lost. It goes
   * before any offer of ours: without the answer the other side cannot take part.
   * @param {SignalData} data
   * @param {Tracks} tracks
   */
  async acceptInvitation(data, tracks) {
    if (data.n < this.#remoteN) return;
    if (this.offering) return this.#answerAgain(data.n);
    const first = this.remoteGen === 0;
    this.remoteGen = data.gen[0];
    await this.#answer(data, () => {
      if (first) this.senders.adopt(this.pc, tracks);
    });
  }

  /**
   * Perfect negotiation: when both offer at once, the side that invited takes its own offer back. Never the
   * other one: in Chromium (156) whoever answered the first offer, and takes back an offer of its own as the
   * next step, gets no picture any more. If they should have had mine for long, it was lost on the way.
   * @param {SignalData} data
   */
  async acceptOffer(data) {
    if (data.n < this.#remoteN) return;
    if (this.pc.signalingState !== "stable" && !this.#yields) {
      if (this.#host.clock.now() - this.offeredAt > GLARE_MS) this.resend();
      return;
    }
    await this.#answer(data, () => {});
  }

  /** @param {SignalData} data @returns {Promise<boolean>} whether it was the answer we waited for */
  async acceptAnswer(data) {
    if (!this.offering || data.re !== this.#offerN || !data.description) return false;
    this.remoteGen = data.gen[0];
    this.#remoteN = Math.max(this.#remoteN, data.n);
    await this.pc.setRemoteDescription(data.description);
    this.#role.answered(data.description.sdp);
    this.#addHeld();
    this.#watchTransport();
    return true;
  }

  /** @param {readonly RTCIceCandidateInit[]} candidates */
  addCandidates(candidates) {
    this.#held.push(...candidates);
    this.#held.splice(0, this.#held.length - HELD_MAX);
    this.#addHeld();
  }

  /** @param {Partial<SignalData>} data */
  say(data) {
    if (this.#closed) return;
    this.#n += 1;
    this.#host.send({ gen: [this.gen, this.remoteGen], n: this.#n, ...data });
  }

  close() {
    this.#closed = true;
    this.#cancelFlush?.();
    this.#stopGathering();
    this.pc.onicecandidate = this.pc.onnegotiationneeded = null;
    this.pc.onconnectionstatechange = this.pc.onsignalingstatechange = null;
    this.pc.close();
  }

  /** @param {SignalData} data @param {() => void} prepare */
  async #answer(data, prepare) {
    if (!data.description) return;
    this.#remoteN = data.n;
    await this.pc.setRemoteDescription(data.description);
    prepare();
    this.#addHeld();
    await this.pc.setLocalDescription();
    this.#watchTransport();
    await this.#gather();
    if (this.offering) return;
    this.#answerN = this.#n + 1;
    this.#describe(this.#answerN, data.n);
  }

  /**
   * Our answer to their invitation was lost, and an offer of ours, which they could not take, waits by now.
   * @param {number} re
   */
  #answerAgain(re) {
    // Under its old number: a newer one would make the waiting offer look late.
    this.#describe(this.#answerN, re, this.pc.currentLocalDescription);
    this.resend();
  }

  /** A goodbye comes with the media itself, long before ICE notices the silence. */
  #watchTransport() {
    const transport = this.senders.transport;
    if (!transport) return;
    transport.onstatechange = () => {
      if (this.#closed || transport.state !== "closed") return;
      this.over = true;
      this.#host.changed();
    };
  }

  /**
   * @param {number} n - what is said again keeps its number
   * @param {number} [re] - the offer that is answered
   * @param {RTCSessionDescription | null} [description]
   */
  #describe(n, re, description = this.pc.localDescription) {
    const { type, sdp } = description ?? {};
    if (this.#closed || !sdp || (type !== "offer" && type !== "answer")) return;
    this.#batch = [];
    const said = type === "answer" ? this.#role.keep(sdp) : sdp;
    this.say({ description: { type, sdp: said }, n, ...(re !== undefined && { re }) });
  }

  /** A candidate of another ICE generation waits for its description; that may never come. */
  #addHeld() {
    const sdp = this.pc.remoteDescription?.sdp;
    if (!sdp) return;
    const held = this.#held;
    this.#held = held.filter((candidate) => {
      const fragment = candidate.usernameFragment;
      if (fragment && !sdp.includes(`a=ice-ufrag:${fragment}`)) return true;
      this.pc.addIceCandidate(candidate).catch(() => {});
      return false;
    });
  }

  /** @param {RTCIceCandidate | null} candidate */
  #gathered(candidate) {
    if (!candidate) {
      this.#stopGathering();
      return this.#flush();
    }
    this.#batch.push(candidate);
    this.#cancelFlush ??= this.#host.clock.after(LIMITS.CANDIDATE_BATCH_MS, () => this.#flush());
  }

  #flush() {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    const candidates = this.#batch.map((candidate) => candidate.toJSON());
    this.#batch = [];
    if (candidates.length > 0) this.say({ candidates });
  }

  /** @returns {Promise<void>} */
  #gather() {
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
