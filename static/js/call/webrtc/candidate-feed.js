/**
 * Feeds remote ICE candidates to a connection: those of the present ICE generation, each once, a few per tick. Each one
 * costs the browser 1.5 ms of the main thread or more, so a list of them must not be added in one go.
 */

/** @import { Clock } from "../../clock.js" */

/** Candidates of one ICE generation that are added at most; an honest page with many networks has about 65. */
const GENERATION_MAX = 128;
/** Candidates that wait for their description at most. */
const WAITING_MAX = 128;
const PER_TICK = 8;
const TICK_MS = 20;

const UFRAG = /^a=ice-ufrag:(\S+)/gm;
const CANDIDATE_LINE = /^a=candidate:.*$/gm;

/** Counts per ICE generation, that is per set of user fragments of the remote description. */
export class CandidateFeed {
  #pc;
  #clock;
  #allowed;
  /** @type {RTCIceCandidateInit[]} */
  #waiting = [];
  #generation = "";
  /** @type {Set<string>} */
  #ufrags = new Set();
  /** What was added in this ICE generation. @type {Set<string>} */
  #added = new Set();
  /** @type {Set<string>} lines of the last description */
  #described = new Set();
  /** @type {(() => void) | null} */
  #cancelTick = null;

  /**
   * @param {RTCPeerConnection} pc
   * @param {Clock} clock
   * @param {(amount: number) => boolean} allowed - takes so many candidates from the seat's budget
   */
  constructor(pc, clock, allowed) {
    this.#pc = pc;
    this.#clock = clock;
    this.#allowed = allowed;
  }

  /** @param {readonly RTCIceCandidateInit[]} candidates */
  add(candidates) {
    this.#waiting.push(...candidates);
    this.#waiting.splice(0, this.#waiting.length - WAITING_MAX);
    this.#start();
  }

  /**
   * Charges the candidates of a description that the last one did not have.
   * @param {string} sdp
   * @returns {boolean} false: more than the budget allows
   */
  charge(sdp) {
    const lines = new Set(sdp.match(CANDIDATE_LINE));
    const fresh = [...lines].filter((line) => !this.#described.has(line)).length;
    if (fresh > 0 && !this.#allowed(fresh)) return false;
    this.#described = lines;
    return true;
  }

  /** The connection has a new remote description: candidates may have waited for it. */
  described() {
    const sdp = this.#pc.remoteDescription?.sdp ?? "";
    this.#ufrags = new Set([...sdp.matchAll(UFRAG)].map((match) => match[1] ?? ""));
    const generation = [...this.#ufrags].join(" ");
    if (generation !== this.#generation) this.#added.clear();
    this.#generation = generation;
    this.#start();
  }

  stop() {
    this.#cancelTick?.();
    this.#waiting = [];
  }

  #start() {
    if (this.#cancelTick === null && this.#pc.remoteDescription) this.#tick();
  }

  #tick() {
    this.#cancelTick = null;
    for (let count = 0; count < PER_TICK; count += 1) {
      const candidate = this.#next();
      if (!candidate) return;
      this.#pc.addIceCandidate(candidate).catch(() => {});
    }
    this.#cancelTick = this.#clock.after(TICK_MS, () => this.#tick());
  }

  /** Candidates of another ICE generation wait for their description, which may never come. */
  #next() {
    /** @param {RTCIceCandidateInit} candidate */
    const matches = ({ usernameFragment }) => !usernameFragment || this.#ufrags.has(usernameFragment);
    for (let at = this.#waiting.findIndex(matches); at >= 0; at = this.#waiting.findIndex(matches)) {
      const [candidate] = this.#waiting.splice(at, 1);
      if (candidate && this.#accepts(candidate)) return candidate;
    }
    return null;
  }

  /** @param {RTCIceCandidateInit} candidate */
  #accepts({ candidate, sdpMid, sdpMLineIndex }) {
    const key = `${sdpMid} ${sdpMLineIndex} ${candidate}`;
    if (this.#added.has(key) || this.#added.size >= GENERATION_MAX || !this.#allowed(1)) return false;
    this.#added.add(key);
    return true;
  }
}
