/**
 * Carries the call as a mesh: one pair of connections per other seat. It fulfils the contract in `transport.js`.
 *
 * @typedef {import("../../clock.js").Clock} Clock
 * @typedef {import("../transport.js").TrackKind} TrackKind
 * @typedef {import("./signal-data.js").SignalData} SignalData
 * @typedef {import("../transport.js").IceServer} IceServer
 * @typedef {import("../transport.js").Roster} Roster
 * @typedef {import("../transport.js").SignalFrom} SignalFrom
 * @typedef {import("../transport.js").Streams} Streams
 */

import { budget, VIDEO_PEOPLE } from "./budget.js";
import { systemClock } from "../../clock.js";
import { Levels } from "./audio-levels.js";
import { Mailbag } from "./signal-buffer.js";
import { Pair } from "./peer.js";
import { QualityWatch } from "./quality-monitor.js";
import { noTracks } from "./senders.js";
import { readSignalData } from "./signal-data.js";
import { Wants } from "./shown-size.js";
import { WarmConnections } from "./connection-pool.js";

/** @type {Readonly<Streams>} */
const NO_STREAMS = Object.freeze({ camera: null, screen: null });

export class Mesh extends EventTarget {
  /**
   * @param {Object} options
   * @param {(to: string, epochs: [number, number], data: SignalData) => void} options.send
   * @param {() => Promise<void>} options.freshen   asks for new ICE servers; they come by `setIceServers`
   * @param {Clock} [options.clock]
   * @param {(configuration: RTCConfiguration) => RTCPeerConnection} [options.createPeerConnection]
   * @param {(tracks: MediaStreamTrack[]) => MediaStream} [options.createStream]
   */
  constructor({
    send,
    freshen,
    clock = systemClock,
    createPeerConnection = (configuration) => new RTCPeerConnection(configuration),
    createStream = (tracks) => new MediaStream(tracks),
  }) {
    super();
    this.#createStream = createStream;
    this.#levels = new Levels(clock);
    this.#watch = new QualityWatch({
      clock,
      people: () => this.#connected(),
      changed: (seatId, level) => this.#emit("quality", { seatId, level }),
    });
    this.#wants = new Wants(clock, (id, height) => this.#pairs.get(id)?.setWanted(height));
    /** @returns {RTCConfiguration} */
    const configuration = () => ({ iceServers: this.#iceServers, bundlePolicy: "max-bundle" });
    this.#warm = new WarmConnections(clock, createPeerConnection, configuration);
    this.#host = {
      clock,
      tracks: noTracks(),
      newConnection: (inviting) => (inviting && this.#warm.take()) || createPeerConnection(configuration()),
      freshen,
      nextGen: () => (this.#gen += 1),
      configuration,
      limits: () => this.#limits,
      send: (pair, data) => send(pair.id, [this.#epoch, pair.epoch], data),
      sign: (alive) => this.#emit("sign", { alive, flows: [...this.#pairs.values()].some((pair) => !pair.silent()) }),
      streamsChanged: (pair) => this.#fillStreams(pair),
      stateChanged: (pair) => this.#emit("pair", { seatId: pair.id, state: pair.state }),
    };
  }

  #createStream;
  #levels;
  #watch;
  #warm;
  /** @type {import("./peer.js").PairHost} */
  #host;
  #gen = 0;
  /** @type {IceServer[]} */
  #iceServers = [];
  #limits = budget(1);
  /** @type {string | null} */
  #me = null;
  #epoch = 0;
  #online = false;
  #mail = new Mailbag();
  /** @type {Map<string, Pair>} */
  #pairs = new Map();
  /** @type {Map<string, Streams>} */
  #streams = new Map();
  #wants;

  get videoPeople() {
    return VIDEO_PEOPLE;
  }

  /** @param {string} seatId @returns {Readonly<Streams>} the same stream objects for as long as their connection lives */
  streams(seatId) {
    return this.#streams.get(seatId) ?? NO_STREAMS;
  }

  /** @param {string} seatId @returns {number} how loud that person is now, 0 to 1 */
  level(seatId) {
    const receiver = this.#pairs.get(seatId)?.receivers?.audio;
    return receiver ? this.#levels.of(seatId, receiver) : 0;
  }

  /** @param {string} seatId @returns {import("../transport.js").Quality} how well that person comes through */
  quality(seatId) {
    return this.#watch.of(seatId);
  }

  /** @param {string} seatId @returns {Promise<boolean>} whether anything comes from that person now */
  async flows(seatId) {
    return this.#pairs.get(seatId)?.flows() ?? false;
  }

  /**
   * A hint how large a seat's camera is shown, so that it sends no more than that here.
   *
   * @param {string} seatId
   * @param {{height: number}} wish   pixels of the screen, 0: not shown now
   */
  setWanted(seatId, { height }) {
    this.#wants.set(seatId, height);
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track   the same again where it shows something else now */
  setTrack(kind, track) {
    if (this.#host.tracks[kind] !== track) {
      this.#host.tracks[kind] = track;
      for (const pair of this.#pairs.values()) pair.replaceTrack(kind);
    }
    this.#relimit();
  }

  /** @param {IceServer[]} servers */
  setIceServers(servers) {
    this.#iceServers = servers;
    for (const pair of this.#pairs.values()) pair.configure();
  }

  /** @param {number} people so many may soon be met */
  prepare(people) {
    this.#warm.keep(people);
  }

  /**
   * Draws the pairs from the roster. Whoever comes newly into the room invites everybody in it; a pair
   * whose other page is the same is kept, whatever happened to the sockets.
   *
   * @param {Roster} roster
   * @param {{online: boolean, inviter: boolean}} now   inviter: the roster is the one I was welcomed with
   */
  update({ me, seats }, { online, inviter }) {
    const epoch = (me && seats[me]?.epoch) || 0;
    if (me !== this.#me || epoch !== this.#epoch) this.#parted();
    this.#me = me;
    this.#epoch = epoch;
    const mine = online !== this.#online;
    this.#online = online;
    if (!me) return;
    for (const id of this.#pairs.keys()) if (!(id in seats)) this.#remove(id);
    for (const seat of Object.values(seats)) if (seat.id !== me) this.#keep(me, seat, { inviter, mine });
    this.#relimit();
    this.#watch.start();
    this.#warm.close();
  }

  /** @param {SignalFrom} message */
  receive({ from, epochs, data }) {
    const read = readSignalData(data);
    if (!read || !Array.isArray(epochs) || epochs[1] !== this.#epoch) return;
    const pair = this.#pairs.get(from);
    if (pair?.epoch === epochs[0]) pair.receive(read);
    else if (!pair || epochs[0] > pair.epoch) this.#mail.hold(from, epochs[0], read);
  }

  /** @param {string} seatId a signal to it was not delivered */
  undelivered(seatId) {
    this.#pairs.get(seatId)?.undelivered();
  }

  /** @param {import("../transport.js").WakeReason} reason */
  wake(reason) {
    for (const pair of this.#pairs.values()) pair.wake(reason);
  }

  close() {
    this.#parted();
    this.#warm.close();
  }

  /** @returns {[string, RTCRtpReceiver[]][]} */
  #connected() {
    return [...this.#pairs.values()].flatMap(({ id, state, receivers }) =>
      state === "connected" && receivers ? [[id, [receivers.audio, receivers.camera]]] : [],
    );
  }

  #parted() {
    this.#watch.stop();
    for (const id of [...this.#pairs.keys()]) this.#remove(id);
    this.#mail.clear();
  }

  /**
   * @param {string} me
   * @param {import("../../protocol.js").Seat} seat
   * @param {{inviter: boolean, mine: boolean}} now
   */
  #keep(me, seat, { inviter, mine }) {
    const reachable = this.#online && !seat.away;
    const known = this.#pairs.get(seat.id);
    if (known?.epoch === seat.epoch) return known.setReachable(reachable, mine);
    known?.close();
    const { id, epoch } = seat;
    const pair = new Pair({ id, epoch, polite: me < id, inviter, reachable, host: this.#host });
    this.#pairs.set(id, pair);
    const wanted = this.#wants.of(id);
    if (wanted !== null) pair.setWanted(wanted);
    for (const data of this.#mail.collect(id, epoch)) pair.receive(data);
    this.#host.stateChanged(pair);
  }

  /** @param {string} id */
  #remove(id) {
    this.#pairs.get(id)?.close();
    this.#pairs.delete(id);
    this.#wants.forget(id);
    this.#watch.forget(id);
    if (this.#streams.delete(id)) this.#emit("streams", { seatId: id });
  }

  #relimit() {
    this.#limits = budget(this.#pairs.size, { sharing: this.#host.tracks.screen !== null });
    for (const pair of this.#pairs.values()) pair.applyLimits();
  }

  /** @param {Pair} pair */
  #fillStreams(pair) {
    const { receivers, id } = pair;
    if (!receivers || this.#pairs.get(id) !== pair) return;
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
