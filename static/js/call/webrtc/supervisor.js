/**
 * Supervises one peer and recovers it: reviews the connection on every change, and every second while it is in trouble.
 * `nextStep` decides on the next step.
 */

import { receivesBytes } from "./bytes-received.js";
import { nextStep } from "./recovery-policy.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { PeerState, WakeReason } from "../transport.js"
 * @import { Connection } from "./connection.js"
 * @import { RecoveryState, RecoveryStep } from "./recovery-policy.js"
 */

/**
 * @typedef {Object} Supervised - what the supervisor needs of a peer
 * @property {Connection} connection - the present one
 * @property {boolean} busy - a step is waiting for the browser
 * @property {() => boolean} silent - media arrived before and does not arrive now
 * @property {() => void} offer
 * @property {() => void} resend
 * @property {() => void} rebuild
 * @property {() => Promise<void>} restart
 * @property {() => void} stateChanged
 */

const REVIEW_MS = 1_000;
const SILENT_MS = 2_000;
const NETWORK_MS = 500;

/** Computes the state of the media to one seat and carries out the recovery steps. */
export class Supervisor {
  #clock;
  #peer;
  #polite;
  /** Whether the other side takes the first step, so that both rarely act at the same time. */
  #otherActsFirst;
  #inviter;
  #reachable;
  #closed = false;
  /** @type {PeerState} */
  #state = "connecting";
  /** @type {number | null} */
  #troubleSince;
  #attempts = 0;
  #rebuilds = 0;
  #wasConnected = false;
  #everConnected = false;
  #silent = false;
  #checkingSilence = false;
  #restarting = false;
  #cancelReview = () => {};

  /** @param {{clock: Clock, peer: Supervised, polite: boolean, inviter: boolean, reachable: boolean}} options */
  constructor({ clock, peer, polite, inviter, reachable }) {
    this.#clock = clock;
    this.#peer = peer;
    this.#polite = polite;
    this.#otherActsFirst = polite;
    this.#inviter = inviter;
    this.#reachable = reachable;
    this.#troubleSince = clock.now();
  }

  get state() {
    return this.#state;
  }

  get reachable() {
    return this.#reachable;
  }

  /**
   * @param {boolean} reachable - whether a signal could arrive now
   * @param {boolean} mine - whether my own socket was away: my network may have changed
   */
  setReachable(reachable, mine) {
    this.#reachable = reachable;
    if (reachable) {
      this.#otherActsFirst = !mine;
      this.#resetAttempts();
    }
    // My network has changed, and the browser has not noticed yet that no media arrives.
    if (reachable && mine && this.#state === "connected" && this.#peer.silent()) this.#restart();
    else this.review();
  }

  /** @param {WakeReason} reason */
  wake(reason) {
    if (reason === "network") this.#otherActsFirst = false;
    if (this.#state !== "connected") {
      this.#resetAttempts();
      this.review();
    } else if (reason !== "shown") {
      this.#checkSilence(NETWORK_MS, () => this.#restart());
    }
  }

  /** Starts over for a new connection of the same peer. */
  connectionReplaced() {
    this.#wasConnected = false;
    this.#silent = false;
    this.#troubleSince = null;
    this.#attempts = 0;
  }

  close() {
    this.#closed = true;
    this.#cancelReview();
  }

  review() {
    if (this.#closed || this.#peer.busy) return;
    this.#cancelReview();
    const connection = this.#effectiveState();
    const { signalingState } = this.#peer.connection.pc;
    if (connection === "connected") this.#healthy(signalingState === "stable");
    else this.#unhealthy();
    this.#perform(nextStep(this.#recoveryState(connection, signalingState)));
    if (this.#troubleSince !== null) this.#cancelReview = this.#clock.after(REVIEW_MS, () => this.review());
  }

  /** "disconnected" counts only once no bytes arrive: most interruptions end by themselves. */
  #effectiveState() {
    const { remoteClosed, pc } = this.#peer.connection;
    const { connectionState } = pc;
    if (remoteClosed) return "closed";
    if (connectionState === "connected") {
      this.#silent = false;
      this.#otherActsFirst = this.#polite;
    }
    if (connectionState !== "disconnected" || !this.#wasConnected || this.#silent) return connectionState;
    this.#checkSilence(SILENT_MS, () => {
      this.#silent = true;
    });
    return "connected";
  }

  /** @param {boolean} settled */
  #healthy(settled) {
    if (!this.#wasConnected) this.#attempts = 0;
    this.#wasConnected = true;
    this.#everConnected = true;
    this.#rebuilds = 0;
    if (settled) this.#attempts = 0;
    this.#troubleSince = settled ? null : (this.#troubleSince ?? this.#clock.now());
    this.#setState("connected");
  }

  #unhealthy() {
    // Recovery of a lost connection begins when it is lost, not with an offer that was outstanding before.
    if (this.#state === "connected" && this.#wasConnected) this.#resetAttempts();
    this.#troubleSince ??= this.#clock.now();
    if (this.#everConnected) this.#setState("trouble");
    else this.#setState(this.#rebuilds > 0 ? "failed" : "connecting");
  }

  #resetAttempts() {
    this.#attempts = 0;
    this.#peer.connection.offeredAt = -Infinity;
    if (this.#troubleSince !== null) this.#troubleSince = this.#clock.now();
  }

  /**
   * @param {RTCPeerConnectionState} connection
   * @param {RTCSignalingState} signaling
   * @returns {RecoveryState}
   */
  #recoveryState(connection, signaling) {
    const now = this.#clock.now();
    const { offeredAt, remoteGen } = this.#peer.connection;
    return {
      connection,
      signaling,
      reachable: this.#reachable,
      inviter: this.#inviter,
      otherActsFirst: this.#otherActsFirst,
      paired: remoteGen > 0,
      wasConnected: this.#wasConnected,
      troubleMs: now - (this.#troubleSince ?? now),
      offerAgeMs: now - offeredAt,
      attempts: this.#attempts,
      rebuilds: this.#rebuilds,
    };
  }

  /** @param {RecoveryStep} step */
  #perform(step) {
    if (step === "none" || step === "wait" || this.#restarting) return;
    if (step === "rebuild") {
      this.#rebuilds += 1;
      return this.#peer.rebuild();
    }
    if (step !== "offer" || this.#peer.connection.remoteGen > 0) this.#attempts += 1;
    if (step === "restart") this.#restart();
    else this.#peer[step]();
  }

  async #restart() {
    this.#restarting = true;
    // The browser may refuse, for example a server address that it cannot parse; the policy then takes another step.
    await this.#peer.restart().catch(() => {});
    this.#restarting = false;
  }

  /**
   * @param {number} ms
   * @param {() => void} silent - called if no bytes arrived in that time
   */
  async #checkSilence(ms, silent) {
    if (this.#checkingSilence) return;
    this.#checkingSilence = true;
    const { connection } = this.#peer;
    const grows = await receivesBytes(connection.pc, this.#clock, ms).catch(() => true);
    this.#checkingSilence = false;
    if (this.#closed || this.#peer.connection !== connection) return;
    if (!grows) silent();
    this.review();
  }

  /** @param {PeerState} state */
  #setState(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#peer.stateChanged();
  }
}
