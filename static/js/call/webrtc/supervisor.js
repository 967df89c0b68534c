/**
 * Supervises one peer and recovers it: reviews the connection on every change, and every second while it is not well.
 * The next step is decided by `nextStep`.
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
 * @typedef {Object} Supervised - the peer, as far as its care goes
 * @property {Connection} connection - the present one
 * @property {boolean} busy - a step waits for the browser
 * @property {() => boolean} silent - media used to arrive and does not any more
 * @property {() => void} offer
 * @property {() => void} resend
 * @property {() => void} rebuild
 * @property {() => Promise<void>} restart
 * @property {() => void} stateChanged
 */

const REVIEW_MS = 1_000;
const SILENT_MS = 2_000;
const NETWORK_MS = 500;

export class Supervisor {
  #clock;
  #peer;
  #polite;
  /** Whether the other side is to act first, so that the two rarely act at once. */
  #otherActsFirst;
  #inviter;
  #reachable;
  #closed = false;
  /** @type {PeerState} */
  #state = "connecting";
  /** @type {number | null} */
  #troubledAt;
  #tries = 0;
  #rebuilds = 0;
  #wasConnected = false;
  #everConnected = false;
  #silent = false;
  #listening = false;
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
    this.#troubledAt = clock.now();
  }

  get state() {
    return this.#state;
  }

  get reachable() {
    return this.#reachable;
  }

  /**
   * @param {boolean} reachable - whether a signal could arrive now
   * @param {boolean} mine - whether it was me who was away, and knows best what has become of the network
   */
  setReachable(reachable, mine) {
    this.#reachable = reachable;
    if (reachable) {
      this.#otherActsFirst = !mine;
      this.#resetAttempts();
    }
    // My network has changed, and the browser has not noticed yet that nothing comes through it.
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
      this.#listen(NETWORK_MS, () => this.#restart());
    }
  }

  /** The peer has a new connection. */
  connectionReplaced() {
    this.#wasConnected = false;
    this.#silent = false;
    this.#troubledAt = null;
    this.#tries = 0;
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
    this.#carryOut(nextStep(this.#recoveryState(connection, signalingState)));
    if (this.#troubledAt !== null) this.#cancelReview = this.#clock.after(REVIEW_MS, () => this.review());
  }

  /** An interruption counts only when nothing arrives any more: most of them heal by themselves. */
  #effectiveState() {
    const { over, pc } = this.#peer.connection;
    const { connectionState } = pc;
    if (over) return "closed";
    if (connectionState === "connected") {
      this.#silent = false;
      this.#otherActsFirst = this.#polite;
    }
    if (connectionState !== "disconnected" || !this.#wasConnected || this.#silent) return connectionState;
    this.#listen(SILENT_MS, () => {
      this.#silent = true;
    });
    return "connected";
  }

  /** @param {boolean} settled */
  #healthy(settled) {
    if (!this.#wasConnected) this.#tries = 0;
    this.#wasConnected = true;
    this.#everConnected = true;
    this.#rebuilds = 0;
    if (settled) this.#tries = 0;
    this.#troubledAt = settled ? null : (this.#troubledAt ?? this.#clock.now());
    this.#setState("connected");
  }

  #unhealthy() {
    // The ladder of a lost contact begins when it is lost, not at an offer that waits since before.
    if (this.#state === "connected" && this.#wasConnected) this.#resetAttempts();
    this.#troubledAt ??= this.#clock.now();
    if (this.#everConnected) this.#setState("trouble");
    else this.#setState(this.#rebuilds > 0 ? "failed" : "connecting");
  }

  #resetAttempts() {
    this.#tries = 0;
    this.#peer.connection.offeredAt = -Infinity;
    if (this.#troubledAt !== null) this.#troubledAt = this.#clock.now();
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
      waits: this.#otherActsFirst,
      paired: remoteGen > 0,
      wasConnected: this.#wasConnected,
      troubled: now - (this.#troubledAt ?? now),
      offered: now - offeredAt,
      tries: this.#tries,
      rebuilds: this.#rebuilds,
    };
  }

  /** @param {RecoveryStep} step */
  #carryOut(step) {
    if (step === "none" || step === "wait" || this.#restarting) return;
    if (step === "rebuild") {
      this.#rebuilds += 1;
      return this.#peer.rebuild();
    }
    if (step !== "offer" || this.#peer.connection.remoteGen > 0) this.#tries += 1;
    if (step === "restart") this.#restart();
    else this.#peer[step]();
  }

  async #restart() {
    this.#restarting = true;
    // Refused by the browser, as for a server address it cannot read: the next step is another one.
    await this.#peer.restart().catch(() => {});
    this.#restarting = false;
  }

  /**
   * @param {number} ms
   * @param {() => void} silent - called if nothing arrived in that time
   */
  async #listen(ms, silent) {
    if (this.#listening) return;
    this.#listening = true;
    const { connection } = this.#peer;
    const grows = await receivesBytes(connection.pc, this.#clock, ms).catch(() => true);
    this.#listening = false;
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
