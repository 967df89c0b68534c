import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Mesh } from "../../../../static/js/call/webrtc/mesh.js";
import { FakeClock } from "../../fakes/clock.js";
import { FakeNetwork } from "../../fakes/peerconnection.js";
import { seat, stateOf } from "../../fakes/seats.js";

/** @import { FakePeerConnection } from "../../fakes/peerconnection.js" */

const HOSTILE_MS = 20_000;
const HEALED_MS = 30_000;

/** Two pages and the wire between them. */
class Table {
  /** @param {() => {drop: boolean, copies: number, delay: number}} fate @param {() => number} latency */
  constructor(fate, latency) {
    this.fate = fate;
    this.network = new FakeNetwork(this.clock, latency);
    this.seats = { a: seat("a"), b: seat("b") };
    this.meshes = { a: this.#page("a"), b: this.#page("b") };
  }

  clock = new FakeClock();
  calm = false;

  /** @param {"a" | "b"} id */
  #page(id) {
    const mesh = new Mesh({
      clock: this.clock,
      refreshCredentials: () => Promise.resolve(),
      createPeerConnection: /** @type {any} */ (this.network.create),
      createStream: () => /** @type {any} */ ({ getTracks: () => [] }),
      send: (to, epochs, data) => this.#carry(id, /** @type {"a" | "b"} */ (to), epochs, structuredClone(data)),
    });
    return mesh;
  }

  /** @param {"a" | "b"} from @param {"a" | "b"} to @param {[number, number]} epochs @param {unknown} data */
  #carry(from, to, epochs, data) {
    const { drop, copies, delay } = this.calm ? { drop: false, copies: 1, delay: 20 } : this.fate();
    if (drop) return;
    for (let copy = 0; copy < copies; copy += 1) {
      const deliver = () => this.meshes[to].receive({ type: "signal", from, epochs, data: structuredClone(data) });
      this.clock.after(delay * (copy + 1), deliver);
    }
  }

  /** @param {"a" | "b"} id @param {boolean} inviter */
  draw(id, inviter) {
    this.meshes[id].update(stateOf(id, this.seats), { online: true, inviter });
  }

  /** @param {"a" | "b"} id */
  reload(id) {
    this.meshes[id].close();
    this.seats = { ...this.seats, [id]: { ...this.seats[id], epoch: this.seats[id].epoch + 1 } };
    this.meshes[id] = this.#page(id);
    this.draw(id, true);
    this.draw(id === "a" ? "b" : "a", false);
  }

  get live() {
    return this.network.all.filter((pc) => pc.connectionState !== "closed");
  }

  get healthy() {
    const [one, other, ...rest] = this.live;
    return rest.length === 0 && one.partner === other && other.partner === one && this.live.every(settled);
  }
}

/** @param {FakePeerConnection} pc */
function settled(pc) {
  const kinds = pc.transceivers.map(({ receiver }) => receiver.track.kind).join();
  return (
    pc.connectionState === "connected" &&
    pc.signalingState === "stable" &&
    !pc.black &&
    kinds === "audio,video,video,audio"
  );
}

const fates = fc.infiniteStream(
  fc.record({
    drop: fc.boolean(),
    copies: fc.integer({ min: 1, max: 3 }),
    delay: fc.oneof(fc.constant(20), fc.integer({ min: 0, max: 6_000 })),
  }),
);
const events = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: HOSTILE_MS }),
    what: fc.constantFrom("cut", "join", "reloadA", "reloadB", "wake"),
  }),
  { maxLength: 4 },
);

/** @param {Table} table @param {string} what */
function disturb(table, what) {
  if (what === "cut") table.network.setUp(false);
  if (what === "join") table.network.setUp(true);
  if (what === "reloadA") table.reload("a");
  if (what === "reloadB") table.reload("b");
  if (what === "wake") table.meshes.a.wake("network");
}

test("a peer connects over a wire that loses, doubles, delays and shuffles", async () => {
  const hostile = fc.asyncProperty(
    fates,
    events,
    fc.infiniteStream(fc.integer({ min: 0, max: 8 })),
    fc.constantFrom("a", "b", "both"),
    async (fate, plan, latency, inviter) => {
      const table = new Table(
        () => fate.next().value,
        () => latency.next().value,
      );
      table.draw("a", inviter !== "b");
      table.draw("b", inviter !== "a");
      for (const { at, what } of plan) table.clock.after(at, () => disturb(table, what));
      await table.clock.advance(HOSTILE_MS);
      table.calm = true;
      table.network.setUp(true);
      let waited = 0;
      while (!table.healthy && waited < HEALED_MS) {
        await table.clock.advance(1_000);
        waited += 1_000;
      }
      assert.ok(table.healthy, "not healed");
      await table.clock.advance(30_000);
      assert.ok(table.healthy, "did not stay well");
    },
  );
  await fc.assert(hostile, { numRuns: Number(process.env.RUNS ?? 500) });
});

test("on a good wire a peer connects at once, whoever invites", async () => {
  for (const inviter of ["a", "b", "both"]) {
    const table = new Table(
      () => ({ drop: false, copies: 1, delay: 20 }),
      () => 2,
    );
    table.draw("a", inviter !== "b");
    table.draw("b", inviter !== "a");
    await table.clock.advance(300);
    assert.ok(table.healthy, inviter);
    assert.ok(table.network.all.length <= 3, "a glare costs one connection at most");
  }
});

test("nobody invites: after a while one of them does", async () => {
  const table = new Table(
    () => ({ drop: false, copies: 1, delay: 20 }),
    () => 2,
  );
  table.draw("a", false);
  table.draw("b", false);
  await table.clock.advance(6_000);
  assert.ok(table.healthy);
});

test("a lost network is repaired by restarting ICE, the connection stays the same", async () => {
  const table = new Table(
    () => ({ drop: false, copies: 1, delay: 20 }),
    () => 2,
  );
  table.draw("a", true);
  table.draw("b", false);
  await table.clock.advance(1_000);
  const before = table.live.map((pc) => pc.id);
  table.network.setUp(false);
  await table.clock.advance(12_000);
  table.network.setUp(true);
  await table.clock.advance(6_000);
  assert.ok(table.healthy);
  assert.deepEqual(
    table.live.map((pc) => pc.id),
    before,
  );
});

test("a reload gives one new peer, the old connection is gone", async () => {
  const table = new Table(
    () => ({ drop: false, copies: 1, delay: 20 }),
    () => 2,
  );
  table.draw("a", true);
  table.draw("b", false);
  await table.clock.advance(1_000);
  table.reload("b");
  await table.clock.advance(300);
  assert.ok(table.healthy);
});
