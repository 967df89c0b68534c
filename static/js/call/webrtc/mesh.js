/** Full-mesh WebRTC transport: one `Peer` per other seat. It implements the contract in `transport.js`. */

import { systemClock } from "../../clock.js";
import { BySeat } from "../../token-bucket.js";
import { AudioLevels } from "./audio-levels.js";
import { ConnectionPool } from "./connection-pool.js";
import { Peer } from "./peer.js";
import { QualityMonitor } from "./quality-monitor.js";
import { SeatBudget } from "./seat-budget.js";
import { sendLimits, VIDEO_PEOPLE } from "./send-limits.js";
import { noTracks } from "./senders.js";
import { ShownSizes } from "./shown-size.js";
import { SignalBuffer } from "./signal-buffer.js";
import { charactersIn, readSignalData } from "./signal-data.js";

/**
 * @import { Clock } from "../../clock.js"
 * @import { IceServer, Seat, SignalFrom } from "../../protocol.js"
 * @import { Quality, Roster, Streams, TrackKind, WakeReason } from "../transport.js"
 * @import { PeerHost } from "./peer.js"
 * @import { SignalData } from "./signal-data.js"
 */

/** @type {Readonly<Streams>} */
const NO_STREAMS = Object.freeze({ camera: null, screen: null });

/**
 * Keeps one `Peer` per other seat of the roster and routes signals, tracks, limits and display sizes to them.
 *
 * Events: those of the contract, "streams", "peer", "quality", "liveness" and "limited".
 */
export class Mesh extends EventTarget {
  #createStream;
  #levels;
  #qualityMonitor;
  #pool;
  /** @type {PeerHost} */
  #host;
  #gen = 0;
  /** @type {IceServer[]} */
  #iceServers = [];
  #sendLimits = sendLimits(1);
  /** @type {string | null} */
  #me = null;
  #epoch = 0;
  #online = false;
  #earlySignals = new SignalBuffer();
  /** @type {BySeat<SeatBudget>} */
  #budgets;
  /** @type {Roster} */
  #roster = { me: null, seats: {} };
  #cancelDeferred = () => {};
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** @type {Map<string, Streams>} */
  #streams = new Map();
  #shownSizes;

  /**
   * @param {Object} options
   * @param {(to: string, epochs: [number, number], data: SignalData) => void} options.send
   * @param {() => Promise<void>} options.refreshCredentials - requests new ICE servers, which arrive by `setIceServers`
   * @param {Clock} [options.clock]
   * @param {(configuration: RTCConfiguration) => RTCPeerConnection} [options.createPeerConnection]
   * @param {(tracks: MediaStreamTrack[]) => MediaStream} [options.createStream]
   */
  constructor({
    send,
    refreshCredentials,
    clock = systemClock,
    createPeerConnection = (configuration) => new RTCPeerConnection(configuration),
    createStream = (tracks) => new MediaStream(tracks),
  }) {
    super();
    this.#createStream = createStream;
    this.#levels = new AudioLevels(clock);
    this.#qualityMonitor = new QualityMonitor({
      clock,
      people: () => this.#connected(),
      changed: (seatId, level) => this.#emit("quality", { seatId, level }),
    });
    this.#budgets = new BySeat(
      (seatId) => new SeatBudget(clock, (limited) => this.#emit("limited", { seatId, limited })),
    );
    this.#shownSizes = new ShownSizes(clock, (id, height) => this.#peers.get(id)?.setShownSize(height));
    /** @returns {RTCConfiguration} */
    const configuration = () => ({ iceServers: this.#iceServers, bundlePolicy: "max-bundle" });
    this.#pool = new ConnectionPool(clock, createPeerConnection, configuration);
    this.#host = {
      clock,
      tracks: noTracks(),
      newConnection: (inviting) => (inviting && this.#pool.take()) || createPeerConnection(configuration()),
      refreshCredentials,
      nextGen: () => (this.#gen += 1),
      configuration,
      limits: () => this.#sendLimits,
      send: (peer, data) => send(peer.id, [this.#epoch, peer.epoch], data),
      livenessChanged: (alive) =>
        this.#emit("liveness", { alive, flows: [...this.#peers.values()].some((peer) => !peer.silent()) }),
      streamsChanged: (peer) => this.#publishStreams(peer),
      stateChanged: (peer) => this.#emit("peer", { seatId: peer.id, state: peer.state }),
    };
  }

  get videoPeople() {
    return VIDEO_PEOPLE;
  }

  /** @param {string} seatId @returns {Readonly<Streams>} the same objects for the life of their connection */
  streams(seatId) {
    return this.#streams.get(seatId) ?? NO_STREAMS;
  }

  /** @param {string} seatId @returns {number} audio level now, 0 to 1 */
  level(seatId) {
    const receiver = this.#peers.get(seatId)?.receivers?.audio;
    return receiver ? this.#levels.of(seatId, receiver) : 0;
  }

  /** @param {string} seatId @returns {Quality} of the media from that seat */
  quality(seatId) {
    return this.#qualityMonitor.of(seatId);
  }

  /** @param {string} seatId @returns {Promise<boolean>} whether bytes arrive from that seat now */
  async flows(seatId) {
    return this.#peers.get(seatId)?.flows() ?? false;
  }

  /**
   * Tells a seat the height at which its camera is shown here, so that it sends no more than that.
   * @param {string} seatId
   * @param {{height: number}} size - device pixels, 0: not shown
   */
  setShownSize(seatId, { height }) {
    this.#shownSizes.set(seatId, height);
  }

  /**
   * @param {TrackKind} kind
   * @param {MediaStreamTrack | null} track - the same track again if its content has changed
   */
  setTrack(kind, track) {
    if (this.#host.tracks[kind] !== track) {
      this.#host.tracks[kind] = track;
      for (const peer of this.#peers.values()) peer.replaceTrack(kind);
    }
    this.#recomputeLimits();
  }

  /** @param {IceServer[]} servers */
  setIceServers(servers) {
    this.#iceServers = servers;
    for (const peer of this.#peers.values()) peer.configure();
  }

  /** @param {number} people - number of people in the room that I may join */
  prepare(people) {
    this.#pool.resize(people);
  }

  /**
   * Updates the peers from the roster. The newer seat invites the others. A peer is kept for as long as the other page
   * is the same, whatever happens to the sockets.
   * @param {Roster} roster
   * @param {{online: boolean, inviter: boolean}} now - inviter: the roster came with my welcome
   */
  update({ me, seats }, { online, inviter }) {
    this.#roster = { me, seats };
    const epoch = (me && seats[me]?.epoch) || 0;
    if (me !== this.#me || epoch !== this.#epoch) this.#closePeers();
    this.#me = me;
    this.#epoch = epoch;
    const ownSocketChanged = online !== this.#online;
    this.#online = online;
    if (!me) return;
    for (const id of this.#peers.keys()) if (!(id in seats)) this.#remove(id);
    for (const seat of Object.values(seats))
      if (seat.id !== me) this.#updatePeer(me, seat, { inviter, ownSocketChanged });
    this.#recomputeLimits();
    this.#qualityMonitor.start();
    this.#pool.close();
  }

  /** @param {SignalFrom} message */
  receive({ from, epochs, data }) {
    if (!Array.isArray(epochs) || epochs[1] !== this.#epoch) return;
    const budget = this.#budgets.of(from);
    if (!budget.take("signals")) return;
    const read = readSignalData(data);
    if (!read || !budget.take("characters", charactersIn(read))) return;
    const peer = this.#peers.get(from);
    if (peer?.epoch === epochs[0]) peer.receive(read);
    else if (!peer || epochs[0] > peer.epoch) this.#earlySignals.hold(from, epochs[0], read);
  }

  /** @param {string} seatId - a signal to it was not delivered */
  undelivered(seatId) {
    this.#peers.get(seatId)?.undelivered();
  }

  /** @param {WakeReason} reason */
  wake(reason) {
    for (const peer of this.#peers.values()) peer.wake(reason);
  }

  close() {
    this.#closePeers();
    this.#cancelDeferred();
    this.#pool.close();
  }

  /** @returns {[string, RTCRtpReceiver[]][]} */
  #connected() {
    return [...this.#peers.values()].flatMap(({ id, state, receivers }) =>
      state === "connected" && receivers ? [[id, [receivers.audio, receivers.camera]]] : [],
    );
  }

  #closePeers() {
    this.#qualityMonitor.stop();
    for (const id of [...this.#peers.keys()]) this.#remove(id);
    this.#earlySignals.clear();
  }

  /**
   * @param {string} me
   * @param {Seat} seat
   * @param {{inviter: boolean, ownSocketChanged: boolean}} now
   */
  #updatePeer(me, seat, { inviter, ownSocketChanged }) {
    const reachable = this.#online && !seat.away;
    const known = this.#peers.get(seat.id);
    if (known?.epoch === seat.epoch) return known.setReachable(reachable, ownSocketChanged);
    known?.close();
    const { id, epoch } = seat;
    const budget = this.#budgets.of(id);
    if (!budget.take("connections")) return this.#deferPeer(id, budget);
    const peer = new Peer({ id, epoch, polite: me < id, inviter, reachable, budget, host: this.#host });
    this.#peers.set(id, peer);
    const shown = this.#shownSizes.of(id);
    if (shown !== null) peer.setShownSize(shown);
    for (const data of this.#earlySignals.collect(id, epoch)) peer.receive(data);
    this.#host.stateChanged(peer);
  }

  /**
   * A page that keeps reloading gets a new peer when the budget of its seat allows it.
   * @param {string} id
   * @param {SeatBudget} budget
   */
  #deferPeer(id, budget) {
    if (this.#peers.delete(id)) this.#emit("peer", { seatId: id, state: "connecting" });
    this.#cancelDeferred();
    this.#cancelDeferred = this.#host.clock.after(budget.wait("connections"), () =>
      this.update(this.#roster, { online: this.#online, inviter: false }),
    );
  }

  /** @param {string} id */
  #remove(id) {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
    this.#shownSizes.forget(id);
    this.#qualityMonitor.forget(id);
    if (this.#streams.delete(id)) this.#emit("streams", { seatId: id });
  }

  #recomputeLimits() {
    this.#sendLimits = sendLimits(this.#peers.size, { sharing: this.#host.tracks.screen !== null });
    for (const peer of this.#peers.values()) peer.applyLimits();
  }

  /** @param {Peer} peer */
  #publishStreams(peer) {
    const { receivers, id } = peer;
    if (!receivers || this.#peers.get(id) !== peer) return;
    this.#streams.set(id, {
      camera: this.#createStream([receivers.audio.track, receivers.camera.track]),
      screen: this.#createStream([receivers.screen.track, receivers.screenAudio.track]),
    });
    this.#emit("streams", { seatId: id });
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
