import assert from "node:assert/strict";
import { test } from "node:test";

import { Mesh } from "../../../../static/js/call/webrtc/mesh.js";
import { FakeClock, settle } from "../../fakes/clock.js";
import { FakeNetwork } from "../../fakes/peerconnection.js";
import { seat, stateOf } from "../../fakes/seats.js";

class FakeStream {
  /** @param {any[]} tracks */
  constructor(tracks) {
    this.tracks = [...tracks];
  }

  getTracks() {
    return this.tracks;
  }
}

/** A room of pages with a good wire, whose messages can be held back. */
class Room {
  /** @param {readonly string[]} ids */
  constructor(ids) {
    for (const id of ids) this.join(id);
  }

  clock = new FakeClock();
  network = new FakeNetwork(this.clock, () => 1);
  /** @type {Record<string, ReturnType<typeof seat>>} */
  seats = {};
  /** @type {Record<string, Mesh>} */
  pages = {};
  /** @type {{from: string, to: string, epochs: [number, number], data: any}[]} */
  log = [];
  wire = true;

  /** @param {string} id */
  join(id) {
    this.arrive(id);
    this.sit(id);
  }

  /** @param {string} id */
  sit(id) {
    this.seats = { ...this.seats, [id]: seat(id) };
    for (const page of Object.keys(this.seats)) this.draw(page, page === id);
  }

  /** To the green room. @param {string} id */
  arrive(id) {
    this.pages[id] = new Mesh({
      clock: this.clock,
      refreshCredentials: async () => {},
      createPeerConnection: /** @type {any} */ (this.network.create),
      createStream: (tracks) => /** @type {any} */ (new FakeStream(tracks)),
      send: (to, epochs, data) => this.carry({ from: id, to, epochs, data: structuredClone(data) }),
    });
  }

  /** @param {string} id @param {boolean} [inviter] @param {boolean} [online] */
  draw(id, inviter = false, online = true) {
    this.pages[id].update(stateOf(id, this.seats), { online, inviter });
  }

  /** @param {{from: string, to: string, epochs: [number, number], data: any}} signal */
  carry(signal) {
    this.log.push(signal);
    if (this.wire) this.clock.after(10, () => this.deliver(signal));
  }

  /** @param {{from: string, to: string, epochs: [number, number], data: any}} signal */
  deliver({ from, to, epochs, data }) {
    this.pages[to].receive({ type: "signal", from, epochs, data });
  }

  get live() {
    return this.network.all.filter((pc) => pc.connectionState !== "closed");
  }
}

/** @param {Mesh} mesh */
function watch(mesh) {
  /** @type {string[]} */
  const log = [];
  mesh.addEventListener("peer", (event) => {
    const { seatId, state } = /** @type {CustomEvent} */ (event).detail;
    log.push(`${seatId} ${state}`);
  });
  return log;
}

test("three people make a mesh of three peers, one connection each", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.join("c");
  await room.clock.advance(200);
  assert.equal(room.network.all.length, 6);
  assert.ok(room.network.all.every((pc) => pc.connectionState === "connected"));
  for (const id of ["a", "b"]) assert.equal(room.pages.c.streams(id).camera?.getTracks().length, 2);
  const offers = room.log.filter(({ data }) => data.description?.type === "offer");
  assert.deepEqual(
    offers.map(({ from, to }) => from + to),
    ["ba", "ca", "cb"],
  );
});

test("connections made in the green room carry the invitations, and none is left over", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.arrive("c");
  room.pages.c.setTrack("camera", /** @type {any} */ ({ kind: "camera", getSettings: () => ({}) }));
  room.pages.c.prepare(3);
  await room.clock.advance(200);
  const made = room.network.all.slice(2);
  assert.deepEqual(
    made.map(({ transceivers }) => transceivers.length),
    [4, 4, 4],
  );
  room.sit("c");
  await room.clock.advance(200);
  assert.equal(room.network.all.length, 7);
  assert.deepEqual(
    made.map(({ connectionState }) => connectionState),
    ["connected", "connected", "closed"],
  );
  for (const { transceivers } of made.slice(0, 2)) assert.equal(transceivers[1].sender.track?.kind, "camera");
  assert.deepEqual(
    room.log.filter(({ data }) => data.description?.type === "offer").map(({ from }) => from),
    ["b", "c", "c"],
  );
});

test("an invitation that arrives before mine is accepted by a connection that has not invited", async () => {
  const room = new Room([]);
  for (const id of ["a", "b"]) {
    room.arrive(id);
    room.pages[id].prepare(1);
  }
  await room.clock.advance(200);
  room.sit("a");
  room.seats = { ...room.seats, b: seat("b") };
  // Both came in the same moment, so each was welcomed with the other; b has lost its socket since.
  room.draw("b", true, false);
  room.draw("a", true);
  await room.clock.advance(5_000);
  assert.deepEqual(
    room.live.map(({ connectionState }) => connectionState),
    ["connected", "connected"],
  );
  for (const { transceivers } of room.live) assert.equal(transceivers.length, 4);
});

test("switching devices and sharing the screen negotiates nothing", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const before = room.log.length;
  for (const kind of /** @type {const} */ (["audio", "camera", "screen", "screenAudio"])) {
    room.pages.a.setTrack(kind, /** @type {any} */ ({ kind, getSettings: () => ({ width: 1280, height: 720 }) }));
  }
  await room.clock.advance(5_000);
  assert.equal(room.log.length, before);
  const [pc] = room.live;
  assert.deepEqual(
    pc.transceivers.map(({ sender }) => sender.track?.kind),
    ["audio", "camera", "screen", "screenAudio"],
  );
});

test("tracks set before anybody joins are sent to each newcomer, by both sides", async () => {
  const room = new Room(["a"]);
  room.pages.a.setTrack("camera", /** @type {any} */ ({ kind: "video", id: "mine" }));
  room.join("b");
  await room.clock.advance(200);
  const sent = room.live.map((pc) => pc.transceivers[1].sender.track?.id);
  assert.deepEqual(sent.sort(), ["mine", undefined]);
});

test("a camera that is not shown is not sent, on a new connection either", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.pages.a.setShownSize("b", { height: 0 });
  await room.clock.advance(100);
  const paused = () => room.live.map((pc) => /** @type {any} */ (pc.transceivers[1].sender.encodings[0]).active);
  assert.deepEqual(paused().sort(), [false, true]);
  room.pages.b.close();
  room.join("b");
  room.seats.b = seat("b", { epoch: 2 });
  room.draw("a");
  room.draw("b", true);
  await room.clock.advance(500);
  assert.deepEqual(paused().sort(), [false, true]);
  room.pages.a.setShownSize("b", { height: 360 });
  await room.clock.advance(100);
  assert.deepEqual(paused(), [true, true]);
});

test("a camera is sent as large as it is shown, small until that is known, and shrinks only after a moment", async () => {
  const room = new Room(["a", "b"]);
  room.pages.b.setTrack(
    "camera",
    /** @type {any} */ ({ kind: "camera", getSettings: () => ({ width: 1280, height: 720 }) }),
  );
  await room.clock.advance(200);
  const [, bs] = room.live;
  const scale = () => /** @type {any} */ (bs.transceivers[1].sender.encodings[0]).scaleResolutionDownBy;
  assert.equal(scale(), 4);
  room.pages.a.setShownSize("b", { height: 700 });
  await room.clock.advance(100);
  assert.equal(scale(), 1);
  room.pages.a.setShownSize("b", { height: 120 });
  await room.clock.advance(1_000);
  assert.equal(scale(), 1);
  room.pages.a.setShownSize("b", { height: 700 });
  await room.clock.advance(5_000);
  assert.equal(scale(), 1);
  room.pages.a.setShownSize("b", { height: 120 });
  await room.clock.advance(5_000);
  assert.equal(scale(), 4);
});

test("a shared screen stays sharp, or becomes film when its track says so, and cameras decide for themselves", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(500);
  const track = { kind: "video", contentHint: "detail", getSettings: () => ({ width: 1920, height: 1080 }) };
  const told = () =>
    room.live.map((pc) => {
      const [, camera, screen] = pc.transceivers.map((/** @type {any} */ transceiver) => transceiver.sender);
      return [camera.degradationPreference, screen.degradationPreference, screen.encodings[0].maxFramerate];
    });
  room.pages.a.setTrack("screen", /** @type {any} */ (track));
  await settle();
  assert.ok(
    told().some((one) => one.join() === ",maintain-resolution,15"),
    JSON.stringify(told()),
  );
  track.contentHint = "motion";
  room.pages.a.setTrack("screen", /** @type {any} */ (track));
  await settle();
  assert.ok(
    told().some((one) => one.join() === ",maintain-framerate,30"),
    JSON.stringify(told()),
  );
});

test("a requested size that was not delivered is sent again", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.wire = false;
  room.pages.a.setShownSize("b", { height: 0 });
  room.wire = true;
  room.pages.a.undelivered("b");
  await room.clock.advance(1_200);
  assert.deepEqual(room.log.at(-1)?.data.want, { height: 0 });
});

test("signals of another page of either side are dropped", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const offer = room.log.find(({ data }) => data.description?.type === "offer");
  assert.ok(offer);
  const before = room.log.length;
  const anew = { ...offer.data, gen: [99, 0] };
  room.deliver({ ...offer, data: anew, epochs: [0, 1] });
  room.deliver({ ...offer, data: anew, epochs: [1, 2] });
  room.deliver({ ...offer, data: anew, epochs: /** @type {any} */ ("x") });
  await room.clock.advance(100);
  assert.equal(room.log.length, before);
});

test("an invitation of a dead generation is dropped", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const offer = room.log.find(({ data }) => data.description?.type === "offer");
  assert.ok(offer);
  room.deliver({ ...offer, data: { ...offer.data, gen: [50, 0], description: room.log[0].data.description } });
  await room.clock.advance(100);
  const before = room.live.map((pc) => pc.id);
  room.deliver({ ...offer, data: { ...offer.data, gen: [49, 0] } });
  await room.clock.advance(100);
  assert.deepEqual(
    room.live.map((pc) => pc.id),
    before,
  );
});

test("signals that arrive before the roster wait for it", async () => {
  const room = new Room(["a"]);
  const { update } = room.pages.a;
  room.pages.a.update = () => {};
  room.join("b");
  await room.clock.advance(100);
  assert.equal(room.network.all.length, 1);
  room.pages.a.update = update;
  room.draw("a");
  await room.clock.advance(100);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected"));
});

test("a page that keeps inviting causes little work", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const offer = room.log.find(({ data }) => data.description?.type === "offer");
  assert.ok(offer);
  for (let gen = 10; gen < 200; gen += 1) room.deliver({ ...offer, data: { ...offer.data, gen: [gen, 0] } });
  await room.clock.advance(100);
  assert.ok(room.network.all.length < 12);
});

test("malformed signals from another page throw nothing and change nothing", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const descriptions = [
    { type: "offer", sdp: "" },
    { type: "offer", sdp: '{"lines":["audio"]}' },
    { type: "answer", sdp: "x" },
  ];
  for (const [n, description] of descriptions.entries()) {
    room.deliver({ from: "b", to: "a", epochs: [1, 1], data: { gen: [1, 1], n: 90 + n, re: 1, description } });
  }
  room.deliver({
    from: "stranger",
    to: "a",
    epochs: [1, 1],
    data: { gen: [1, 0], n: 1, description: descriptions[0] },
  });
  await room.clock.advance(3_000);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected" && pc.signalingState === "stable"));
});

test("an interruption shows only when nothing arrives, and heals by a restart", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const log = watch(room.pages.a);
  room.network.setUp(false);
  await room.clock.advance(1_500);
  assert.deepEqual(log, []);
  await room.clock.advance(1_500);
  assert.deepEqual(log, ["b trouble"]);
  room.network.setUp(true);
  await room.clock.advance(1_000);
  assert.deepEqual(log, ["b trouble", "b connected"]);
  assert.equal(room.network.all.length, 2);
});

test("a peer that stays dead is rebuilt after twenty seconds, and nobody else is touched", async () => {
  const room = new Room(["a", "b", "c"]);
  await room.clock.advance(200);
  const ofC = room.live.filter((pc) => room.live.indexOf(pc) >= 2);
  const dead = room.live.slice(0, 2);
  assert.ok(dead[0].partner === dead[1] && ofC.length === 4);
  for (const pc of dead) {
    pc.meets = () => false;
    pc.interrupt();
  }
  const before = room.log.length;
  await room.clock.advance(19_000);
  assert.ok(dead.some((pc) => pc.connectionState === "failed"));
  assert.equal(room.network.all.length, 6);
  await room.clock.advance(8_000);
  assert.equal(room.live.length, 6);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected"));
  assert.ok(ofC.every((pc) => room.live.includes(pc)));
  assert.deepEqual(
    room.log.slice(before).filter(({ from, to }) => from === "c" || to === "c"),
    [],
  );
});

test("without a server nothing is tried and nothing is closed; with it the peer is repaired", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const before = room.log.length;
  for (const id of ["a", "b"]) room.draw(id, false, false);
  room.network.setUp(false);
  await room.clock.advance(60_000);
  assert.equal(room.log.length, before);
  room.network.setUp(true);
  for (const id of ["a", "b"]) room.draw(id);
  await room.clock.advance(3_000);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected"));
  assert.equal(room.network.all.length, 2);
});

/**
 * Sound arrives at all pages from now on; returns what stops it.
 * @param {Room} room
 */
function hearing(room) {
  let until = Infinity;
  const sources = () => [{ timestamp: Math.min(room.clock.now(), until) }];
  for (const pc of room.live) pc.transceivers[0].receiver.getSynchronizationSources = /** @type {any} */ (sources);
  return { stop: () => (until = room.clock.now()), resume: () => (until = Infinity) };
}

test("a page that lost its socket restarts silent peers at once, before the browser notices", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const sound = hearing(room);
  await room.clock.advance(2_000);
  sound.stop();
  await room.clock.advance(2_000);
  room.draw("a", false, false);
  await room.clock.advance(500);
  const before = room.log.length;
  room.draw("a");
  await room.clock.advance(100);
  assert.equal(room.log[before].data.description?.type, "offer");
  assert.equal(room.network.all.length, 2);
});

test("a lost socket restarts nothing while media flows", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  hearing(room);
  await room.clock.advance(2_000);
  const before = room.log.length;
  room.draw("a", false, false);
  await room.clock.advance(5_000);
  room.draw("a");
  await room.clock.advance(5_000);
  assert.equal(room.log.length, before);
});

test("media that stops and returns is reported, and the peer is sent a key frame", async () => {
  const room = new Room(["a", "b"]);
  room.pages.a.setTrack("camera", /** @type {any} */ ({ kind: "video", getSettings: () => ({}) }));
  await room.clock.advance(200);
  /** @type {boolean[]} */
  const signs = [];
  room.pages.a.addEventListener("liveness", (event) => signs.push(/** @type {CustomEvent} */ (event).detail.flows));
  const sound = hearing(room);
  await room.clock.advance(2_000);
  sound.stop();
  await room.clock.advance(1_200);
  sound.resume();
  await room.clock.advance(300);
  assert.deepEqual(signs, [false, true]);
  const asked = room.live.map((pc) => pc.transceivers.map(({ sender }) => sender.keyFrames).join(""));
  assert.deepEqual(asked.sort(), ["0000", "0100"]);
});

test("a lost offer is sent again as soon as the other side offers too", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.wire = false;
  room.network.setUp(false);
  await room.clock.advance(2_500);
  assert.deepEqual(room.log.at(-1)?.from, "b"); // the impolite side goes first
  room.wire = true;
  await room.clock.advance(1_000);
  assert.ok(room.live.every((pc) => pc.signalingState === "stable"));
  room.network.setUp(true);
  await room.clock.advance(100);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected"));
});

test("new ICE servers reach connections that are there: the other side may restart them any time", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  room.pages.a.setIceServers([{ urls: ["turn:x"], username: "new", credential: "new" }]);
  const known = room.live.map((pc) => pc.configuration?.iceServers[0].username);
  assert.deepEqual(known.sort(), ["new", undefined]);
});

test("when the other side closes, trouble is reported at once", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const log = watch(room.pages.a);
  room.pages.b.close();
  await room.clock.advance(100);
  assert.deepEqual(log, ["b trouble"]);
});

test("a seat that leaves loses its peer and its streams, and may come back", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const { b } = room.seats;
  const { b: _, ...rest } = room.seats;
  room.seats = rest;
  room.draw("a");
  assert.equal(room.pages.a.streams("b").camera, null);
  room.seats = { ...rest, b: { ...b, rev: 3 } };
  room.draw("a");
  await room.clock.advance(6_000);
  assert.equal(room.live.length, 2);
  assert.ok(room.live.every((pc) => pc.connectionState === "connected"));
});

test("a rebuilt connection has streams of its own", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const { camera: before } = room.pages.a.streams("b");
  room.pages.b.close();
  room.draw("b", true);
  await room.clock.advance(500);
  const { camera } = room.pages.a.streams("b");
  assert.notEqual(camera, before);
  assert.equal(before?.getTracks().length, 2);
  assert.equal(camera?.getTracks().length, 2);
});

test("levels show what is heard now, and silence when no packet arrives", async () => {
  const room = new Room(["a", "b"]);
  await room.clock.advance(200);
  const source = { timestamp: 1, audioLevel: 0.5 };
  for (const pc of room.live)
    pc.transceivers[0].receiver.getSynchronizationSources = () => /** @type {any} */ ([source]);
  assert.equal(room.pages.a.level("b"), 0.5);
  await room.clock.advance(1_000);
  assert.equal(room.pages.a.level("b"), 0);
  source.timestamp = 2;
  assert.equal(room.pages.a.level("b"), 0.5);
  assert.equal(room.pages.a.level("nobody"), 0);
});
