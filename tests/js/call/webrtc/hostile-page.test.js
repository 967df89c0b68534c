import assert from "node:assert/strict";
import { test } from "node:test";

import { Mesh } from "../../../../static/js/call/webrtc/mesh.js";
import { FakeClock, settle } from "../../fakes/clock.js";
import { FakeNetwork } from "../../fakes/peerconnection.js";
import { seat, stateOf } from "../../fakes/seats.js";

/** @import { FakePeerConnection } from "../../fakes/peerconnection.js" */

/** @typedef {"honest" | "hostile" | "third"} Id */

/** Three pages in a call. Signals of the hostile one may also be made up. */
class Call {
  constructor() {
    for (const id of /** @type {Id[]} */ (["honest", "hostile", "third"])) this.pages[id] = this.#page(id);
    for (const id of /** @type {Id[]} */ (["honest", "hostile", "third"])) this.draw(id, id !== "honest");
    this.pages.honest.addEventListener("limited", (event) => {
      this.limited.push(/** @type {CustomEvent} */ (event).detail);
    });
    this.pages.honest.addEventListener("peer", (event) => {
      const { seatId, state } = /** @type {CustomEvent} */ (event).detail;
      this.states[seatId] = state;
    });
  }

  clock = new FakeClock();
  network = new FakeNetwork(this.clock, () => 1);
  seats = { honest: seat("honest"), hostile: seat("hostile"), third: seat("third") };
  /** @type {Record<Id, Mesh>} */
  pages = /** @type {any} */ ({});
  /** @type {Record<string, FakePeerConnection[]>} */
  made = { honest: [], hostile: [], third: [] };
  /** Each limit that began or ended. @type {{seatId: string, limited: boolean}[]} */
  limited = [];
  /** @type {Record<string, string>} */
  states = {};
  /** Generations of the last signal between the hostile and the honest page. */
  gens = [0, 0];
  n = 1_000;

  /** @param {Id} id */
  #page(id) {
    return new Mesh({
      clock: this.clock,
      refreshCredentials: async () => {},
      createPeerConnection: () => {
        const pc = this.network.create();
        this.made[id]?.push(pc);
        return /** @type {any} */ (pc);
      },
      createStream: () => /** @type {any} */ ({ getTracks: () => [] }),
      send: (to, epochs, data) => {
        if (id === "hostile" && to === "honest" && data.gen[1] > 0) this.gens = data.gen;
        if (id === "honest" && to === "hostile" && data.gen[1] > 0) this.gens = [data.gen[1], data.gen[0]];
        const carried = { type: /** @type {const} */ ("signal"), from: id, epochs, data: structuredClone(data) };
        this.clock.after(20, () => this.pages[/** @type {Id} */ (to)].receive(carried));
      },
    });
  }

  /** @param {Id} id @param {boolean} inviter */
  draw(id, inviter) {
    this.pages[id].update(stateOf(id, this.seats), { online: true, inviter });
  }

  /** The honest page's view of another reload of the hostile one. */
  raiseEpoch() {
    const { hostile } = this.seats;
    this.seats = { ...this.seats, hostile: { ...hostile, epoch: hostile.epoch + 1, rev: hostile.rev + 1 } };
    this.draw("honest", false);
  }

  /** The hostile page is replaced by an honest one. */
  reload() {
    this.pages.hostile.close();
    this.pages.hostile = this.#page("hostile");
    this.raiseEpoch();
    this.draw("hostile", true);
  }

  /** @param {object} data - of a signal from the hostile page to the honest one */
  attack(data) {
    this.n += 1;
    const epochs = /** @type {[number, number]} */ ([this.seats.hostile.epoch, this.seats.honest.epoch]);
    const signal = { gen: this.gens, n: this.n, ...data };
    this.pages.honest.receive({ type: "signal", from: "hostile", epochs, data: signal });
  }

  /** The honest page's last connection to the hostile one. */
  get victim() {
    return /** @type {FakePeerConnection} */ (
      this.made.honest?.findLast(({ partner }) => partner && this.made.hostile?.includes(partner))
    );
  }

  /** @param {"addIceCandidate" | "setRemoteDescription"} name */
  calls(name) {
    return (this.made.honest ?? []).reduce((sum, pc) => sum + pc.calls[name], 0);
  }

  /** An offer of the hostile page's connection that restarts ICE. @param {string} ufrag */
  offer(ufrag) {
    const { content } = this.victim.remoteDescription;
    const sdp = `${JSON.stringify({ ...content, ufrag, candidates: [] })}\na=ice-ufrag:${ufrag}\n`;
    return { type: "offer", sdp };
  }
}

async function connectedCall() {
  const call = new Call();
  await call.clock.advance(2_000);
  assert.deepEqual(call.states, { hostile: "connected", third: "connected" });
  return call;
}

let serial = 0;

/** @param {number} count @param {string} [usernameFragment] */
function candidates(count, usernameFragment) {
  return Array.from({ length: count }, () => {
    serial += 1;
    const candidate = `candidate:${serial} 1 udp 2122260223 192.0.2.1 ${serial} typ host`;
    return { candidate, sdpMid: "0", sdpMLineIndex: 0, ...(usernameFragment && { usernameFragment }) };
  });
}

test("41 signals of 64 candidates make no more work than one honest page with many networks", async () => {
  const call = await connectedCall();
  const before = call.calls("addIceCandidate");
  let most = 0;
  for (let signal = 0; signal < 41; signal += 1) {
    const already = call.calls("addIceCandidate");
    call.attack({ candidates: candidates(64) });
    await settle();
    most = Math.max(most, call.calls("addIceCandidate") - already);
  }
  assert.ok(most <= 4, `${most} candidates at once`);
  await call.clock.advance(60_000);
  const added = call.calls("addIceCandidate") - before;
  assert.ok(added >= 64 && added <= 96, `${added} candidates of one generation`);
});

test("a candidate is added once, however often it is sent", async () => {
  const call = await connectedCall();
  const before = call.calls("addIceCandidate");
  const same = candidates(10);
  for (let signal = 0; signal < 20; signal += 1) call.attack({ candidates: same });
  await call.clock.advance(10_000);
  assert.equal(call.calls("addIceCandidate") - before, 10);
});

test("restarts of ICE bring no new allowance of candidates and descriptions", async () => {
  const call = await connectedCall();
  const before = { candidates: call.calls("addIceCandidate"), descriptions: call.calls("setRemoteDescription") };
  for (let round = 0; round < 200; round += 1) {
    call.attack({ description: call.offer(`x${round}`), candidates: candidates(64, `x${round}`) });
    await call.clock.advance(50);
  }
  const added = call.calls("addIceCandidate") - before.candidates;
  const described = call.calls("setRemoteDescription") - before.descriptions;
  assert.ok(added <= 192 + 8 * 10, `${added} candidates in 10 s`);
  assert.ok(described <= 12 + 0.25 * 10, `${described} restarts in 10 s`);
});

test("offers without a restart are answered within the budget", async () => {
  const call = await connectedCall();
  const before = call.calls("setRemoteDescription");
  const same = call.offer(call.victim.remoteDescription.content.ufrag);
  for (let round = 0; round < 200; round += 1) {
    call.attack({ description: same });
    await call.clock.advance(50);
  }
  const described = call.calls("setRemoteDescription") - before;
  assert.ok(described <= 24 + 10, `${described} offers in 10 s`);
});

test("a page that keeps reloading gets few connections, and one again in the end", async () => {
  const call = await connectedCall();
  const before = call.made.honest?.length ?? 0;
  for (let round = 0; round < 100; round += 1) {
    call.raiseEpoch();
    await call.clock.advance(100);
  }
  const made = (call.made.honest?.length ?? 0) - before;
  assert.ok(made <= 10 + 0.3 * 10, `${made} connections in 10 s`);
  call.reload();
  await call.clock.advance(20_000);
  assert.equal(call.states.hostile, "connected");
});

test("new generations and reloads share one allowance of connections", async () => {
  const call = await connectedCall();
  const before = call.made.honest?.length ?? 0;
  const sdp = call.offer("y").sdp;
  for (let round = 0; round < 100; round += 1) {
    if (round % 10 === 0) call.raiseEpoch();
    call.attack({ gen: [1_000 + round, 0], description: { type: "offer", sdp } });
    await call.clock.advance(100);
  }
  const made = (call.made.honest?.length ?? 0) - before;
  assert.ok(made <= 10 + 0.3 * 10, `${made} connections in 10 s`);
});

test("descriptions with more than four media lines and one for data never reach the browser", async () => {
  const call = await connectedCall();
  const before = call.calls("setRemoteDescription");
  const { sdp } = call.offer("z");
  const lines = (/** @type {string} */ kind, /** @type {number} */ count) => `m=${kind} 9 X 0\n`.repeat(count);
  call.attack({ description: { type: "offer", sdp: sdp + lines("video", 5) } });
  call.attack({ description: { type: "offer", sdp: sdp + lines("application", 2) } });
  await call.clock.advance(1_000);
  assert.equal(call.calls("setRemoteDescription"), before);
  call.attack({ description: { type: "offer", sdp: sdp + lines("video", 4) + lines("application", 1) } });
  await call.clock.advance(1_000);
  assert.equal(call.calls("setRemoteDescription"), before + 1);
});

test("candidates inside of descriptions are bounded and spread like those that are trickled", async () => {
  const call = await connectedCall();
  const { victim } = call;
  const before = call.calls("addIceCandidate");
  for (let round = 0; round < 10; round += 1) {
    const lines = candidates(90).map(({ candidate }) => `a=${candidate}\n`);
    const { ufrag } = victim.remoteDescription.content;
    call.attack({ description: { type: "offer", sdp: call.offer(ufrag).sdp + lines.join("") } });
    await call.clock.advance(100);
    assert.doesNotMatch(victim.remoteDescription.sdp, /a=candidate:/, "the browser gets none in a description");
  }
  await call.clock.advance(10_000);
  const added = call.calls("addIceCandidate") - before;
  assert.ok(added >= 64 && added <= 96, `${added} candidates of one generation`);
});

test("a candidate that was trickled and described is added once", async () => {
  const call = await connectedCall();
  const before = call.calls("addIceCandidate");
  const same = candidates(5);
  call.attack({ candidates: same.map((one) => ({ ...one, candidate: `${one.candidate} generation 0 ufrag x` })) });
  const lines = same.map(({ candidate }) => `a=${candidate} generation 0\r\n`);
  const { ufrag } = call.victim.remoteDescription.content;
  call.attack({ description: { type: "offer", sdp: call.offer(ufrag).sdp + lines.join("") } });
  await call.clock.advance(1_000);
  assert.equal(call.calls("addIceCandidate") - before, 5);
});

test("of hundreds of requested sizes a few are applied, and the last one always", async () => {
  const call = await connectedCall();
  const camera = call.victim.transceivers[1]?.sender;
  const before = camera?.parametersSet ?? 0;
  for (let round = 0; round < 90; round += 1) {
    call.attack({ want: { height: round % 2 === 0 ? 720 : 180 } });
    await call.clock.advance(20);
  }
  await call.clock.advance(2_000);
  assert.ok((camera?.parametersSet ?? 0) - before <= 10 + 2 * 4, `${(camera?.parametersSet ?? 0) - before} times`);
  const small = { ...camera?.encodings[0] };
  call.attack({ want: { height: 720 } });
  await call.clock.advance(2_000);
  assert.notDeepEqual(camera?.encodings[0], small);
});

test("a seat over its budget is limited until ten seconds after its last excess, the others are not", async () => {
  const call = await connectedCall();
  for (let signal = 0; signal < 300; signal += 1) call.attack({});
  assert.deepEqual(call.limited, [{ seatId: "hostile", limited: true }]);
  await call.clock.advance(9_000);
  call.attack({ candidates: candidates(1) });
  await call.clock.advance(2_000);
  assert.deepEqual(call.limited.slice(1), [{ seatId: "hostile", limited: false }]);
});

test("characters are counted, not only signals", async () => {
  const call = await connectedCall();
  const big = { type: "offer", sdp: `${call.offer("w").sdp}${"a=x\n".repeat(6_000)}` };
  for (let signal = 0; signal < 40; signal += 1) call.attack({ gen: [call.gens[0], 7_777], description: big });
  assert.deepEqual(call.limited, [{ seatId: "hostile", limited: true }], "21 of 25,000 characters are within 512 Ki");
});

test("after a flood the same connection is repaired by a restart of ICE", async () => {
  const call = await connectedCall();
  const { victim } = call;
  for (let round = 0; round < 100; round += 1) {
    call.attack({ candidates: candidates(64) });
    call.attack({ gen: [call.gens[0], 9_999], description: call.offer(`v${round}`) });
    await call.clock.advance(20);
  }
  call.network.setUp(false);
  await call.clock.advance(12_000);
  assert.equal(call.states.hostile, "trouble");
  call.network.setUp(true);
  await call.clock.advance(8_000);
  assert.deepEqual(call.states, { hostile: "connected", third: "connected" });
  assert.equal(victim.connectionState, "connected");
});

test("while one page floods, a third person's connection is restarted as usual", async () => {
  const call = await connectedCall();
  const until = call.clock.now() + 30_000;
  const flood = () => {
    for (let signal = 0; signal < 5; signal += 1) call.attack({ candidates: candidates(64) });
    if (call.clock.now() < until) call.clock.after(100, flood);
  };
  flood();
  await call.clock.advance(3_000);
  call.network.setUp(false);
  await call.clock.advance(12_000);
  call.network.setUp(true);
  await call.clock.advance(8_000);
  assert.equal(call.states.third, "connected");
});
