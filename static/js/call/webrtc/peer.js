/**
 * Manages the media connection to one other seat: signals, tracks, limits and recovery. It uses the server only for
 * signals, and never closes because the server is away.
 */

import { receivesBytes } from "./bytes-received.js";
import { Connection } from "./connection.js";
import { MediaWatchdog } from "./media-watchdog.js";
import { Pairing } from "./pairing.js";
import { RemoteSize } from "./remote-size.js";
import { Supervisor } from "./supervisor.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { TrackKind, WakeReason } from "../transport.js"
 * @import { PairingHost } from "./pairing.js"
 * @import { SeatBudget } from "./seat-budget.js"
 * @import { SendLimits } from "./send-limits.js"
 * @import { Tracks } from "./senders.js"
 * @import { SignalData } from "./signal-data.js"
 * @import { Supervised } from "./supervisor.js"
 */

/**
 * @typedef {Object} PeerHost
 * @property {Clock} clock
 * @property {Tracks} tracks - mine, the same for every peer
 * @property {() => number} nextGen
 * @property {() => RTCConfiguration} configuration
 * @property {(inviting: boolean) => RTCPeerConnection} newConnection
 * @property {() => SendLimits} limits
 * @property {() => Promise<void>} refreshCredentials - resolves when the ICE servers' credentials are valid
 * @property {(peer: Peer, data: SignalData) => void} send
 * @property {(alive: boolean) => void} livenessChanged - media has stopped (false) or come back (true)
 * @property {(peer: Peer) => void} streamsChanged
 * @property {(peer: Peer) => void} stateChanged
 */

const RECEIVES_MS = 500;
const UNDELIVERED_MS = 1_000;
const WANT_MS = 500;

/** One page of one other seat; a reloaded page is another peer. Its steps run one at a time. */
export class Peer {
  #host;
  #budget;
  /** @type {Pairing} */
  #pairing;
  /** @type {Supervisor} */
  #supervisor;
  #watchdog;
  #closed = false;
  #queue = Promise.resolve();
  #queuedSteps = 0;
  #cancelRetry = () => {};
  /** @type {(() => void) | null} */
  #cancelWant = null;
  #remoteSize = new RemoteSize(
    () => this.#supervisor.reachable && this.#pairing.paired,
    (want) => this.#connection.send({ want }),
  );

  /**
   * @param {{id: string, epoch: number, polite: boolean, inviter: boolean, reachable: boolean, budget: SeatBudget,
   *   host: PeerHost}} options
   */
  constructor({ id, epoch, polite, inviter, reachable, budget, host }) {
    this.id = id;
    this.epoch = epoch;
    this.#host = host;
    this.#budget = budget;
    this.#pairing = new Pairing({ connection: this.#connect(inviter), polite, host: this.#pairingHost() });
    this.#supervisor = new Supervisor({ clock: host.clock, peer: this.#supervised(), polite, inviter, reachable });
    this.#watchdog = new MediaWatchdog({
      clock: host.clock,
      receivers: () => Object.values(this.receivers ?? {}),
      changed: (alive) => this.#livenessChanged(alive),
    });
    this.#supervisor.review();
  }

  get state() {
    return this.#supervisor.state;
  }

  /** The receivers of the paired connection by kind, or null. */
  get receivers() {
    return this.#pairing.paired ? this.#connection.senders.receivers : null;
  }

  get #connection() {
    return this.#pairing.connection;
  }

  /** Whether bytes arrive within half a second. True if the browser has no statistics. */
  flows = () => receivesBytes(this.#connection.pc, this.#host.clock, RECEIVES_MS).catch(() => true);

  /** Whether media arrived before and does not arrive now. */
  silent = () => this.#watchdog.silent;

  /** @param {SignalData} data */
  receive(data) {
    this.#enqueue(() => this.#pairing.handle(data));
  }

  /** @param {TrackKind} kind */
  replaceTrack(kind) {
    this.#connection.senders.replace(kind, this.#host.tracks[kind]);
  }

  /** Applies new ICE servers. */
  configure = () => this.#connection.configure(this.#host.configuration());

  applyLimits() {
    this.#connection.senders.limit(this.#host.limits(), this.#host.tracks, this.#remoteSize.cameraHeight);
  }

  /** @param {number} height - at which I show the other side's camera */
  setShownSize = (height) => this.#remoteSize.set(height);

  /**
   * @param {boolean} reachable - whether a signal could be delivered now
   * @param {boolean} ownSocketChanged - whether the cause is my own socket
   */
  setReachable(reachable, ownSocketChanged) {
    if (reachable === this.#supervisor.reachable) return;
    this.#supervisor.setReachable(reachable, ownSocketChanged);
    this.#remoteSize.sendMissed();
  }

  /** The server could not deliver a signal of ours. */
  undelivered() {
    this.#remoteSize.markMissed();
    // One retry for a whole burst of signals; one per signal would multiply them.
    this.#cancelRetry();
    this.#cancelRetry = this.#host.clock.after(UNDELIVERED_MS, () => {
      this.#connection.offeredAt = -Infinity;
      this.#remoteSize.sendMissed();
      this.#supervisor.review();
    });
  }

  /** @param {WakeReason} reason */
  wake = (reason) => this.#supervisor.wake(reason);

  close() {
    this.#closed = true;
    this.#cancelRetry();
    this.#cancelWant?.();
    this.#supervisor.close();
    this.#watchdog.stop();
    this.#connection.close();
  }

  /** @returns {PairingHost} */
  #pairingHost() {
    const { clock, tracks } = this.#host;
    return {
      clock,
      budget: this.#budget,
      tracks,
      connect: () => this.#connect(false),
      replaced: () => this.#supervisor.connectionReplaced(),
      paired: () => this.#paired(),
      wanted: (want, n) => this.#remoteSize.accept(want, n) && this.#wanted(),
    };
  }

  /** @returns {Supervised} */
  #supervised() {
    const peer = this;
    return {
      get connection() {
        return peer.#connection;
      },
      get busy() {
        return peer.#queuedSteps > 0;
      },
      silent: () => this.silent(),
      offer: () => this.#enqueue(() => this.#pairing.offer()),
      resend: () => this.#connection.resend(),
      rebuild: () => this.#enqueue(() => this.#pairing.rebuild()),
      restart: () => this.#restart(),
      stateChanged: () => this.#stateChanged(),
    };
  }

  /** @param {boolean} inviting */
  #connect(inviting) {
    const { newConnection, nextGen, clock } = this.#host;
    /** @type {Connection} */
    const connection = new Connection(newConnection(inviting), nextGen(), {
      clock,
      budget: this.#budget,
      send: (data) => this.#host.send(this, data),
      changed: () => this.#supervisor.review(),
      negotiationNeeded: () => connection.remoteGen > 0 && this.#enqueue(() => connection.offer()),
    });
    return connection;
  }

  /**
   * Runs the steps of this peer one after the other, each when the browser has finished the one before.
   * @param {() => Promise<void> | void} step
   */
  #enqueue(step) {
    this.#queuedSteps += 1;
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#closed) await step();
      } catch {
        // A description that does not fit. The supervisor repairs the state that it leaves.
      }
      this.#queuedSteps -= 1;
      this.#supervisor.review();
    });
  }

  async #restart() {
    await this.#host.refreshCredentials();
    this.#connection.restartIce(this.#host.configuration());
  }

  #paired() {
    this.#remoteSize.reset();
    this.#remoteSize.send();
    this.applyLimits();
    this.#host.streamsChanged(this);
  }

  /** Applies a new size at once, or after a moment and together with those that follow if there are many. */
  #wanted() {
    if (this.#budget.wants.take()) return this.applyLimits();
    this.#cancelWant ??= this.#host.clock.after(WANT_MS, () => {
      this.#cancelWant = null;
      this.applyLimits();
    });
  }

  /** @param {boolean} alive */
  #livenessChanged(alive) {
    // The other side has missed as many of our frames, and would request a key frame only later.
    if (alive) this.#connection.senders.refresh();
    this.#host.livenessChanged(alive);
  }

  #stateChanged() {
    if (this.#supervisor.state === "connected") {
      this.applyLimits();
      this.#remoteSize.send(); // the last one may have been lost with the connection
    }
    this.#host.stateChanged(this);
  }
}
