/**
 * Manages the media connection to one other seat: agrees with the other side on a common generation of connections and
 * signals for it. It needs the server only now and then, and never closes because of it.
 */

import { receivesBytes } from "./bytes-received.js";
import { CandidateBuffer } from "./candidate-buffer.js";
import { Connection } from "./connection.js";
import { MediaWatchdog } from "./media-watchdog.js";
import { RateLimit } from "./rate-limit.js";
import { RemoteSize } from "./remote-size.js";
import { Supervisor } from "./supervisor.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { TrackKind, WakeReason } from "../transport.js"
 * @import { Budget } from "./budget.js"
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
 * @property {() => Budget} limits
 * @property {() => Promise<void>} refreshCredentials - gets ICE servers whose credentials are still good
 * @property {(peer: Peer, data: SignalData) => void} send
 * @property {(alive: boolean) => void} livenessChanged - what a peer tells of the network
 * @property {(peer: Peer) => void} streamsChanged
 * @property {(peer: Peer) => void} stateChanged
 */

const FLOW_MS = 500;
const UNDELIVERED_MS = 1_000;
const GLARE_MS = 2_000;
const RENEWALS = { most: 6, withinMs: 20_000 };

export class Peer {
  #polite;
  #host;
  /** @type {Connection} */
  #connection;
  /** @type {Supervisor} */
  #supervisor;
  #watchdog;
  #closed = false;
  #earlyCandidates = new CandidateBuffer();
  /** The newest generation of the other side that was paired; older ones are dead. */
  #floor = 0;
  #renewals;
  #queue = Promise.resolve();
  #jobs = 0;
  #cancelRetry = () => {};
  #sizes = new RemoteSize(
    () => this.#supervisor.reachable && this.#connection.remoteGen > 0,
    (want) => this.#connection.say({ want }),
  );

  /**
   * @param {{id: string, epoch: number, polite: boolean, inviter: boolean, reachable: boolean, host: PeerHost}} options
   */
  constructor({ id, epoch, polite, inviter, reachable, host }) {
    this.id = id;
    this.epoch = epoch;
    this.#polite = polite;
    this.#host = host;
    this.#renewals = new RateLimit(host.clock, RENEWALS);
    this.#connection = this.#connect(inviter);
    this.#supervisor = new Supervisor({ clock: host.clock, peer: this.#supervised(), polite, inviter, reachable });
    const receivers = () => Object.values(this.receivers ?? {});
    this.#watchdog = new MediaWatchdog({
      clock: host.clock,
      receivers,
      changed: (alive) => this.#livenessChanged(alive),
    });
    this.#supervisor.review();
  }

  get state() {
    return this.#supervisor.state;
  }

  /** The receivers of the paired connection, by kind. */
  get receivers() {
    return this.#connection.remoteGen > 0 ? this.#connection.senders.receivers : null;
  }

  /** Whether anything arrives in the next moment. A browser that cannot tell is believed. */
  flows = () => receivesBytes(this.#connection.pc, this.#host.clock, FLOW_MS).catch(() => true);

  /** Whether media used to arrive and does not any more. */
  silent = () => this.#watchdog.silent;

  /** @param {SignalData} data */
  receive(data) {
    this.#enqueue(() => this.#handle(data));
  }

  /** @param {TrackKind} kind */
  replaceTrack(kind) {
    this.#connection.senders.replace(kind, this.#host.tracks[kind]);
  }

  configure = () => this.#connection.configure(this.#host.configuration());

  applyLimits() {
    this.#connection.senders.limit(this.#host.limits(), this.#host.tracks, this.#sizes.granted);
  }

  /** @param {number} height - how large I show the other side's camera */
  setShownSize = (height) => this.#sizes.set(height);

  /**
   * @param {boolean} reachable - whether a signal could arrive now
   * @param {boolean} mine - whether that changes because of my own socket
   */
  setReachable(reachable, mine) {
    if (reachable === this.#supervisor.reachable) return;
    this.#supervisor.setReachable(reachable, mine);
    this.#sizes.sendMissed();
  }

  /** The server could not hand over a signal of ours. */
  undelivered() {
    this.#sizes.markMissed();
    // One new try for a whole burst of signals: each would otherwise breed another.
    this.#cancelRetry();
    this.#cancelRetry = this.#host.clock.after(UNDELIVERED_MS, () => {
      this.#connection.offeredAt = -Infinity;
      this.#sizes.sendMissed();
      this.#supervisor.review();
    });
  }

  /** @param {WakeReason} reason */
  wake = (reason) => this.#supervisor.wake(reason);

  close() {
    this.#closed = true;
    this.#cancelRetry();
    this.#supervisor.close();
    this.#watchdog.stop();
    this.#connection.close();
  }

  /** @returns {Supervised} */
  #supervised() {
    const peer = this;
    return {
      get connection() {
        return peer.#connection;
      },
      get busy() {
        return peer.#jobs > 0;
      },
      silent: () => this.silent(),
      offer: () => this.#enqueue(() => this.#offer()),
      resend: () => this.#connection.resend(),
      rebuild: () => this.#enqueue(() => this.#rebuild()),
      restart: () => this.#restart(),
      stateChanged: () => this.#stateChanged(),
    };
  }

  /** @param {boolean} [inviting] */
  #connect(inviting = false) {
    const { newConnection, nextGen, clock } = this.#host;
    /** @type {Connection} */
    const connection = new Connection(newConnection(inviting), nextGen(), {
      clock,
      send: (data) => this.#host.send(this, data),
      changed: () => this.#supervisor.review(),
      negotiationNeeded: () => connection.remoteGen > 0 && this.#enqueue(() => connection.offer()),
    });
    return connection;
  }

  /**
   * One step at a time: nothing of a peer ever runs while another step of it waits for the browser.
   * @param {() => Promise<void> | void} step
   */
  #enqueue(step) {
    this.#jobs += 1;
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#closed) await step();
      } catch {
        // A description that does not fit. Whatever it leaves behind, the supervisor repairs.
      }
      this.#jobs -= 1;
      this.#supervisor.review();
    });
  }

  #offer() {
    const connection = this.#connection;
    return connection.remoteGen > 0 || connection.invited ? connection.offer() : connection.invite(this.#host.tracks);
  }

  #rebuild() {
    this.#renew();
    return this.#connection.invite(this.#host.tracks);
  }

  #renew() {
    this.#connection.close();
    this.#connection = this.#connect();
    this.#supervisor.connectionReplaced();
  }

  async #restart() {
    await this.#host.refreshCredentials();
    this.#connection.restartIce(this.#host.configuration());
  }

  /** @param {SignalData} data */
  async #handle(data) {
    const [theirs, mine] = data.gen;
    const connection = this.#connection;
    const offer = data.description?.type === "offer";
    if (mine === 0) return offer ? this.#invited(data) : this.#acceptExtras(data);
    if (mine !== connection.gen) return this.#misaddressed(offer);
    if (connection.remoteGen === 0) return this.#answered(data);
    if (theirs !== connection.remoteGen) return;
    if (offer) await connection.acceptOffer(data);
    else if (data.description) await connection.acceptAnswer(data);
    this.#acceptExtras(data);
  }

  /** @param {SignalData} data */
  async #invited(data) {
    const theirs = data.gen[0];
    if (theirs !== this.#connection.remoteGen) {
      if (theirs <= this.#floor) return;
      const paired = this.#connection.remoteGen > 0;
      if (this.#connection.invited && !paired && !this.#polite) return this.#insist();
      if (this.#connection.forInviting || paired) {
        if (!this.#renewals.take()) return;
        this.#renew();
      }
    }
    const fresh = this.#connection.remoteGen === 0;
    await this.#connection.acceptInvitation(data, this.#host.tracks);
    if (fresh) this.#paired();
    this.#acceptExtras(data);
  }

  /**
   * Both sides invited. The other one gives way as soon as it has my invitation; if it should have had
   * it for long, it knows that generation as dead and needs a new one.
   */
  async #insist() {
    if (this.#host.clock.now() - this.#connection.invitedAt < GLARE_MS || !this.#renewals.take()) return;
    await this.#rebuild();
  }

  /** @param {SignalData} data - while my invitation waits for its answer */
  async #answered(data) {
    if (data.gen[0] <= this.#floor) return;
    if (data.description?.type === "answer" && (await this.#connection.acceptAnswer(data))) this.#paired();
    this.#acceptExtras(data);
  }

  /**
   * The other side speaks to a connection that is no more; if it waits for me, it must hear of the new one.
   * @param {boolean} offer
   */
  async #misaddressed(offer) {
    const { invited, remoteGen } = this.#connection;
    if (offer && !invited && remoteGen === 0) await this.#connection.invite(this.#host.tracks);
  }

  /** @param {SignalData} data - what may come with any signal */
  #acceptExtras({ gen, n, candidates = [], want }) {
    const [theirs] = gen;
    if (theirs !== this.#connection.remoteGen) {
      if (theirs > this.#floor) this.#earlyCandidates.put(theirs, candidates);
      return;
    }
    this.#connection.addCandidates(candidates);
    if (want && this.#sizes.accept(want, n)) this.applyLimits();
  }

  #paired() {
    const { remoteGen } = this.#connection;
    this.#floor = remoteGen;
    this.#sizes.reset();
    this.#connection.addCandidates(this.#earlyCandidates.take(remoteGen));
    this.#sizes.send();
    this.applyLimits();
    this.#host.streamsChanged(this);
  }

  /** @param {boolean} alive - false: nothing arrives any more; true: something again */
  #livenessChanged(alive) {
    // They missed as much of me, and would ask for a whole picture late.
    if (alive) this.#connection.senders.refresh();
    this.#host.livenessChanged(alive);
  }

  #stateChanged() {
    if (this.#supervisor.state === "connected") {
      this.applyLimits();
      this.#sizes.send(); // what kept us apart may have swallowed it
    }
    this.#host.stateChanged(this);
  }
}
