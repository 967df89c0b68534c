/**
 * Feeds remote ICE candidates to a connection: those of the present ICE generation, each once, a few per tick.
 *
 * Every call of addIceCandidate blocks the main thread until the browser's network thread has time for it, up to 10 ms
 * with a hundred candidates and 190 ms with 384 in one connection (Chromium 156, two cores). Candidates inside of
 * descriptions are taken out and fed like the others, or a description could bring hundreds at once.
 */

/** @import { Clock } from "../../clock.js" */

/** The most candidates added in one ICE generation; an honest page with many networks has about 65. */
const GENERATION_MAX = 96;
/** The most candidates that wait for their description. */
const WAITING_MAX = 96;
const PER_TICK = 4;
const TICK_MS = 20;

const UFRAG = /^a=ice-ufrag:(\S+)/;
const CANDIDATE_LINE = /^a=(?:candidate:|end-of-candidates)/;

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
  /** @type {(() => void) | null} */
  #cancelTick = null;

  /**
   * @param {RTCPeerConnection} pc
   * @param {Clock} clock
   * @param {() => boolean} allowed - takes one candidate from the seat's budget
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
   * Sets a description without its candidates, which are fed afterwards. Rejects as setRemoteDescription does.
   * @param {{type: "offer" | "answer", sdp: string}} description
   */
  async describe({ type, sdp }) {
    const { bare, ufrags, candidates } = split(sdp);
    await this.#pc.setRemoteDescription({ type, sdp: bare });
    this.#ufrags = ufrags;
    const generation = [...ufrags].join(" ");
    if (generation !== this.#generation) this.#added.clear();
    this.#generation = generation;
    this.add(candidates);
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
  #accepts({ candidate = "" }) {
    // Foundation, component, protocol, priority, address, port and type. Extensions differ between a trickled candidate
    // and the same one in a description.
    const key = candidate.split(" ", 8).join(" ");
    if (this.#added.has(key) || this.#added.size >= GENERATION_MAX || !this.#allowed()) return false;
    this.#added.add(key);
    return true;
  }
}

/**
 * Takes the candidates out of a description.
 * @param {string} sdp
 */
function split(sdp) {
  /** @type {RTCIceCandidateInit[]} */
  const candidates = [];
  /** @type {Set<string>} */
  const ufrags = new Set();
  let line = -1;
  const kept = sdp.split("\n").filter((text) => {
    if (text.startsWith("m=")) line += 1;
    const [, ufrag] = UFRAG.exec(text) ?? [];
    if (ufrag) ufrags.add(ufrag);
    if (!CANDIDATE_LINE.test(text)) return true;
    if (text.startsWith("a=c")) candidates.push({ candidate: text.slice(2).trim(), sdpMLineIndex: line });
    return false;
  });
  return { bare: kept.join("\n"), ufrags, candidates };
}
