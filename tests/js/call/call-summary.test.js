import assert from "node:assert/strict";
import { test } from "node:test";

import { CallSummary } from "../../../static/js/call/call-summary.js";
import { createStore } from "../../../static/js/call/store.js";
import { FakeClock } from "../fakes/clock.js";
import { seat } from "../fakes/seats.js";

const ROOM = { slug: "x", name: "X", capacity: 6, chat_days: 0, rev: 1 };

class FakeTransport extends EventTarget {
  /** @type {Record<string, "good" | "weak" | "poor">} */
  levels = {};

  /** @param {string} id */
  quality(id) {
    return this.levels[id] ?? "good";
  }

  /** @param {string} id @param {"good" | "weak" | "poor"} level */
  set(id, level) {
    this.levels[id] = level;
    this.dispatchEvent(new CustomEvent("quality", { detail: { seatId: id, level } }));
  }
}

/** In a call as Ada, with these others. @param {string[]} others */
function setUp(...others) {
  const clock = new FakeClock();
  const store = createStore();
  const transport = new FakeTransport();
  const summary = new CallSummary({ store, transport, clock });
  store.dispatch({ type: "local.join", mic: true, cam: true });
  const seats = [seat("me", { nickname: "Ada" }), ...others.map((id) => seat(id))];
  store.dispatch({
    type: "welcome",
    seat: "me",
    room: ROOM,
    seats,
    chat: [],
    chat_earlier: false,
    ice_servers: [],
    heartbeat: 8,
    protocol: 1,
    now: 1_795_000_000,
  });
  const peer = (/** @type {string} */ id, /** @type {any} */ state) =>
    store.dispatch({ type: "local.peer", id, state });
  const leave = () => store.dispatch({ type: "local.end", bye: { code: "left", message: "", action: "stop" } });
  return { clock, store, transport, summary, peer, leave };
}

test("a person who was never in the call gets no summary", () => {
  const store = createStore();
  const summary = new CallSummary({ store, transport: new FakeTransport(), clock: new FakeClock() });
  store.dispatch({ type: "bye", code: "no_such_room", message: "", action: "stop" });
  assert.equal(summary.result, null);
});

test("it measures my time in the call and stops with the call", async () => {
  const { clock, summary, leave, store } = setUp();
  await clock.advance(60_000);
  leave();
  await clock.advance(60_000);
  store.dispatch({ type: "local.link", link: "closed" });
  assert.equal(summary.result?.seconds, 60);
});

test("everybody is named once, me first, including people who left, came back or changed their nickname", () => {
  const { store, summary, leave } = setUp("Grace", "Linus");
  store.dispatch({ type: "seat.left", id: "Linus", reason: "left", rev: 2 });
  store.dispatch({ type: "seat.joined", seat: seat("again", { nickname: "linus" }) });
  store.dispatch({ type: "seat.updated", seat: seat("Grace", { nickname: "Grace H.", rev: 2 }) });
  store.dispatch({ type: "seat.joined", seat: seat("late", { nickname: "Joan" }) });
  leave();
  assert.deepEqual(summary.result?.people, [
    { nickname: "Ada", self: true },
    { nickname: "Grace H.", self: false },
    { nickname: "Linus", self: false },
    { nickname: "Joan", self: false },
  ]);
});

test("however many come and go, 500 seats are named, and always mine", () => {
  const { store, summary, leave } = setUp();
  for (let n = 0; n < 1_200; n += 1) {
    store.dispatch({ type: "seat.joined", seat: seat(`${n}`, { nickname: `Guest ${n}` }) });
    store.dispatch({ type: "seat.left", id: `${n}`, reason: "left", rev: 2 });
  }
  store.dispatch({ type: "seat.updated", seat: seat("me", { nickname: "Ada L.", rev: 2 }) });
  leave();
  assert.equal(summary.result?.people.length, 500);
  assert.deepEqual(summary.result?.people[0], { nickname: "Ada L.", self: true });
});

test("with nobody there the connection is neither good nor bad", async () => {
  const { clock, summary, leave } = setUp();
  await clock.advance(60_000);
  leave();
  assert.deepEqual([summary.result?.met, summary.result?.troubled], [0, 0]);
});

test("trouble is measured from its beginning to its end", async () => {
  const { clock, summary, transport, peer, leave } = setUp("a");
  await clock.advance(2_000); // the first contact is no trouble
  peer("a", "connected");
  await clock.advance(30_000);
  peer("a", "trouble");
  await clock.advance(5_000);
  peer("a", "connected");
  await clock.advance(10_000);
  transport.set("a", "weak");
  await clock.advance(7_000);
  transport.set("a", "good");
  await clock.advance(20_000);
  peer("a", "failed");
  await clock.advance(3_000);
  leave();
  assert.deepEqual([summary.result?.met, summary.result?.troubled], [75, 15]);
});

test("trouble with one of several people is theirs, trouble with all at once is mine", async () => {
  const { clock, summary, transport, peer, leave } = setUp("a", "b");
  peer("a", "connected");
  peer("b", "connected");
  transport.set("a", "poor");
  await clock.advance(10_000);
  transport.set("b", "poor");
  await clock.advance(4_000);
  transport.set("a", "good");
  await clock.advance(10_000);
  leave();
  assert.equal(summary.result?.troubled, 4);
});

test("people who are away are not counted", async () => {
  const { clock, store, summary, peer, leave } = setUp("a", "b");
  peer("a", "connected");
  peer("b", "trouble");
  store.dispatch({ type: "seat.updated", seat: seat("a", { away: true, rev: 2 }) });
  await clock.advance(10_000);
  store.dispatch({ type: "seat.updated", seat: seat("b", { away: true, rev: 2 }) });
  await clock.advance(10_000);
  leave();
  assert.deepEqual([summary.result?.met, summary.result?.troubled], [10, 10]);
});
