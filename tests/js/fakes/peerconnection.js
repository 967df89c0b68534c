/**
 * RTCPeerConnection as far as negotiation goes: the signalling state machine with implicit rollback,
 * media lines that must match, one certificate per connection, ICE by user fragments and candidates.
 * Two of them connect when each holds the other's present description and one has a candidate.
 */

/** @import { FakeClock } from "./clock.js" */

let serial = 0;

export class FakeNetwork {
  /** @param {FakeClock} clock @param {() => number} [latency] - of the browser's own work */
  constructor(clock, latency = () => 0) {
    this.clock = clock;
    this.latency = latency;
  }

  /** @type {FakePeerConnection[]} */
  all = [];
  up = true;

  create = () => {
    const pc = new FakePeerConnection(this);
    this.all.push(pc);
    return pc;
  };

  /** @param {boolean} up */
  setUp(up) {
    this.up = up;
    if (!up) for (const pc of this.all) pc.interrupt();
    this.look();
  }

  look() {
    if (!this.up) return;
    for (const a of this.all) for (const b of this.all) if (a.meets(b)) a.connect(b);
  }
}

/** @param {any} content */
function write(content) {
  return `${JSON.stringify(content)}\na=ice-ufrag:${content.ufrag}\n`;
}

/** @param {string} sdp */
function readSdp(sdp) {
  return JSON.parse(sdp.split("\n")[0]);
}

class FakeTransceiver {
  /** @param {string} kind @param {any} track */
  constructor(kind, track) {
    this.receiver = { track: { kind }, getSynchronizationSources: () => [] };
    this.sender = new FakeSender(track);
  }

  /** @type {string | null} */
  mid = null;
  direction = "recvonly";
}

class FakeSender {
  /** @param {any} track */
  constructor(track) {
    this.track = track;
  }

  encodings = [{}];
  degradationPreference = "";
  transport = { state: "new", onstatechange: () => {} };

  /** @param {any} track */
  async replaceTrack(track) {
    this.track = track;
  }

  getParameters() {
    return { encodings: this.encodings };
  }

  keyFrames = 0;
  parametersSet = 0;

  /** @param {any} parameters @param {any} [options] */
  async setParameters(parameters, options) {
    this.parametersSet += 1;
    this.encodings = parameters.encodings;
    this.degradationPreference = parameters.degradationPreference ?? "";
    if (options?.encodingOptions[0].keyFrame) this.keyFrames += 1;
  }
}

export class FakePeerConnection {
  /** @param {FakeNetwork} network */
  constructor(network) {
    this.#network = network;
  }

  #network;
  id = (serial += 1);
  signalingState = "stable";
  connectionState = "new";
  iceGatheringState = "new";
  /** @type {any} */
  onicecandidate = null;
  /** @type {any} */
  onconnectionstatechange = null;
  /** @type {any} */
  onsignalingstatechange = null;
  /** @type {any} */
  onnegotiationneeded = null;
  /** @type {FakeTransceiver[]} */
  transceivers = [];
  bytes = 0;
  /** Whether Chromium shows no picture any more: an answerer's first offer was taken back. */
  black = false;
  /** @type {string[]} */
  #rounds = [];
  #ufrag = "";
  /** @type {string[]} */
  #gathered = [];
  #restart = false;
  /** @type {any} */
  #local = null;
  /** @type {any} */
  #remote = null;
  /** @type {any} */
  #pendingLocal = null;
  /** @type {any} */
  #pendingRemote = null;
  /** @type {Set<string>} */
  candidates = new Set();
  /** How often the page asked the browser for these. */
  calls = { addIceCandidate: 0, setRemoteDescription: 0 };

  get localDescription() {
    const description = this.#pendingLocal ?? this.#local;
    if (!description) return null;
    const own = description.content.ufrag === this.#ufrag ? this.#gathered : [];
    return { type: description.type, sdp: write({ ...description.content, candidates: [...own] }) };
  }

  get currentLocalDescription() {
    return this.#local && { type: this.#local.type, sdp: write({ ...this.#local.content, candidates: [] }) };
  }

  get remoteDescription() {
    return this.#pendingRemote ?? this.#remote;
  }

  getTransceivers() {
    return this.transceivers;
  }

  /** @param {any} trackOrKind @param {{direction: string}} init */
  addTransceiver(trackOrKind, { direction }) {
    const kind = typeof trackOrKind === "string" ? trackOrKind : trackOrKind.kind;
    const transceiver = new FakeTransceiver(kind, typeof trackOrKind === "string" ? null : trackOrKind);
    transceiver.direction = direction;
    this.transceivers.push(transceiver);
    return transceiver;
  }

  /** @type {any} */
  configuration = null;

  /** @param {any} configuration */
  setConfiguration(configuration) {
    this.#check();
    this.configuration = configuration;
  }

  restartIce() {
    this.#restart = true;
    this.#need();
  }

  async getStats() {
    if (this.connectionState === "connected") this.bytes += 1_000;
    return new Map([["t", { type: "transport", bytesReceived: this.bytes }]]);
  }

  async setLocalDescription() {
    await this.#work();
    const answer = this.signalingState === "have-remote-offer";
    if (!answer && !["stable", "have-local-offer"].includes(this.signalingState)) throw new Error("InvalidState");
    const restarted = answer && this.#remote && this.#remote.content.ufrag !== this.#pendingRemote.content.ufrag;
    if (!this.#ufrag || restarted || (!answer && this.#restart)) this.#newIce();
    for (const [index, transceiver] of this.transceivers.entries()) transceiver.mid ??= String(index);
    const lines = this.transceivers.map(({ receiver }) => receiver.track.kind);
    const description = { type: answer ? "answer" : "offer", content: { pc: this.id, ufrag: this.#ufrag, lines } };
    if (answer) {
      this.#rounds.push("answered");
      this.#local = description;
      this.#remote = this.#pendingRemote;
      this.#settle();
    } else {
      this.#pendingLocal = description;
      this.#setSignaling("have-local-offer");
    }
  }

  /** @param {{type: string, sdp: string}} description */
  async setRemoteDescription({ type, sdp }) {
    this.calls.setRemoteDescription += 1;
    await this.#work();
    const content = readSdp(sdp);
    const before = this.#remote ?? this.#pendingRemote;
    if (before && before.content.pc !== content.pc) throw new Error("another certificate");
    if (type === "offer") this.#takeOffer(content, sdp);
    else this.#takeAnswer(content, sdp);
    for (const candidate of content.candidates) this.candidates.add(candidate);
    this.#network.look();
  }

  /** @param {any} init */
  async addIceCandidate(init) {
    this.calls.addIceCandidate += 1;
    await this.#work();
    if (!this.remoteDescription) throw new Error("InvalidState");
    this.candidates.add(init.candidate);
    this.#network.look();
  }

  close() {
    this.signalingState = "closed";
    this.connectionState = "closed";
    for (const pc of this.#network.all) if (pc.partner === this) pc.leftAlone();
  }

  /** @type {FakePeerConnection | null} */
  partner = null;

  leftAlone() {
    const transport = this.transceivers[0].sender.transport;
    transport.state = "closed";
    this.#network.clock.after(1, () => transport.onstatechange?.());
  }

  /** @param {FakePeerConnection} other */
  meets(other) {
    if (this === other || this.connectionState === "closed" || other.connectionState === "closed") return false;
    const [mine, theirs] = [this.#local?.content.ufrag, this.#remote?.content.ufrag];
    if (!mine || !theirs || this.#remote.content.pc !== other.id) return false;
    const [others, known] = [other.#local?.content.ufrag, other.#remote?.content.ufrag];
    if (mine !== known || theirs !== others) return false;
    return this.candidates.has(`c:${theirs}`) || other.candidates.has(`c:${mine}`);
  }

  /** @param {FakePeerConnection} other */
  connect(other) {
    this.partner = other;
    // What has failed comes back only by a restart of ICE.
    if (this.#metUfrag === this.#ufrag && this.connectionState === "failed") return;
    this.#metUfrag = this.#ufrag;
    this.#setConnection("connected");
  }

  #metUfrag = "";

  interrupt() {
    if (this.connectionState === "connected") this.#setConnection("disconnected");
    this.#network.clock.after(10_000, () => {
      if (this.connectionState === "disconnected") this.#setConnection("failed");
    });
  }

  /** @param {any} content @param {string} sdp */
  #takeOffer(content, sdp) {
    if (this.signalingState === "have-local-offer") this.#rollback();
    if (this.signalingState !== "stable") throw new Error("InvalidState");
    const known = this.transceivers.filter((transceiver) => transceiver.mid !== null);
    if (known.length > 0 && known.length !== content.lines.length) throw new Error("media lines");
    if (known.length === 0) {
      for (const [index, kind] of content.lines.entries()) {
        const transceiver = new FakeTransceiver(kind, null);
        transceiver.mid = String(index);
        this.transceivers.push(transceiver);
      }
    }
    this.#pendingRemote = { type: "offer", content, sdp };
    this.#setSignaling("have-remote-offer");
  }

  /** @param {any} content @param {string} sdp */
  #takeAnswer(content, sdp) {
    if (this.signalingState !== "have-local-offer") throw new Error("InvalidState");
    if (content.lines.length !== this.#pendingLocal.content.lines.length) throw new Error("media lines");
    this.#rounds.push("offered");
    this.#local = this.#pendingLocal;
    this.#remote = { type: "answer", content, sdp };
    this.#restart = false;
    this.#settle();
  }

  #rollback() {
    if (this.#rounds.join() === "answered") this.black = true;
    if (!this.#local) for (const transceiver of this.transceivers) transceiver.mid = null;
    if (this.#local) this.#ufrag = this.#local.content.ufrag;
    this.#gathered = [`c:${this.#ufrag}`];
    this.#pendingLocal = null;
    this.signalingState = "stable";
  }

  #settle() {
    this.#pendingLocal = this.#pendingRemote = null;
    this.#setSignaling("stable");
    this.#network.look();
    if (this.#restart) this.#need();
  }

  #need() {
    this.#network.clock.after(0, () => {
      if (this.signalingState === "stable") this.onnegotiationneeded?.();
    });
  }

  #newIce() {
    this.#ufrag = `u${(serial += 1)}`;
    this.#gathered = [];
    const ufrag = this.#ufrag;
    this.#network.clock.after(30, () => {
      if (this.#ufrag !== ufrag || this.signalingState === "closed") return;
      const init = { candidate: `c:${ufrag}`, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: ufrag };
      this.#gathered = [init.candidate];
      this.onicecandidate?.({ candidate: { ...init, toJSON: () => init } });
    });
  }

  async #work() {
    this.#check();
    const latency = this.#network.latency();
    if (latency > 0) await new Promise((resolve) => this.#network.clock.after(latency, () => resolve(undefined)));
    else await null;
    this.#check();
  }

  #check() {
    if (this.signalingState === "closed") throw new Error("closed");
  }

  /** @param {string} state */
  #setSignaling(state) {
    this.signalingState = state;
    this.#network.clock.after(0, () => this.onsignalingstatechange?.());
  }

  /** @param {string} state */
  #setConnection(state) {
    if (this.connectionState === state || this.connectionState === "closed") return;
    this.connectionState = state;
    this.#network.clock.after(0, () => this.onconnectionstatechange?.());
  }
}
