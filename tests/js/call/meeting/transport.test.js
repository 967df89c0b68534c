import assert from "node:assert/strict";
import { test } from "node:test";

import { joined, welcome } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

test("signals pass in both directions, and the peer learns of those that were not delivered", async () => {
  const { factory, transport, problems } = await joined();
  transport.options.send("a", [1, 1], { x: 1 });
  assert.deepEqual(factory.last.last("signal"), { type: "signal", to: "a", epochs: [1, 1], data: { x: 1 } });
  factory.last.deliver({ type: "signal", from: "a", epochs: [1, 1], data: {} });
  factory.last.deliver({ type: "error", code: "undelivered", message: "", to: "a" });
  assert.deepEqual(transport.calls, [
    ["receive", "a"],
    ["undelivered", "a"],
  ]);
  assert.deepEqual(problems, []);
});

test("fresh ICE servers are requested when the last ones are old", async () => {
  const { clock, factory, transport } = await joined();
  await transport.options.refreshCredentials();
  assert.equal(factory.last.last("sync"), undefined);
  for (let time = 0; time < 8; time += 1) {
    await clock.advance(8_000);
    factory.last.deliver({ type: "pong" });
  }
  const fresh = Promise.all([transport.options.refreshCredentials(), transport.options.refreshCredentials()]);
  assert.equal(factory.last.sent.filter(({ type }) => type === "sync").length, 1);
  factory.last.deliver(welcome([seat("a")]));
  await fresh;
  await clock.advance(1);
  factory.last.lose();
  await clock.advance(61_000);
  const old = transport.options.refreshCredentials();
  await clock.advance(10);
  await old;
});

test("in a long meeting the ICE servers are renewed every ten minutes", async () => {
  const { clock, factory, transport } = await joined();
  const pass = async (/** @type {number} */ seconds) => {
    for (let time = 0; time < seconds; time += 5) {
      await clock.advance(5_000);
      factory.last.deliver({ type: "pong" });
    }
  };
  await pass(595);
  assert.equal(factory.last.last("sync"), undefined);
  await pass(5);
  assert.ok(factory.last.last("sync"));
  factory.last.sent.length = 0;
  factory.last.deliver(welcome([seat("a")]));
  assert.deepEqual(transport.calls.filter((/** @type {any} */ [name]) => name === "ice").length, 1);
  await pass(605);
  assert.equal(factory.last.sent.filter(({ type }) => type === "sync").length, 1);
});

test("a wake probes the socket and is passed on to the transport", async () => {
  const { factory, transport, wake } = await joined();
  wake("network");
  assert.ok(factory.last.last("ping"));
  assert.deepEqual(transport.calls, [["wake", "network"]]);
});

test("when media stops or returns, the socket is probed and the state says so", async () => {
  const { factory, meeting, transport } = await joined();
  transport.dispatchEvent(new CustomEvent("liveness", { detail: { alive: false, flows: false } }));
  assert.ok(factory.last.last("ping"));
  assert.equal(meeting.store.state.flows, false);
  transport.dispatchEvent(new CustomEvent("liveness", { detail: { alive: true, flows: true } }));
  assert.equal(meeting.store.state.flows, true);
  transport.dispatchEvent(new CustomEvent("liveness", { detail: { alive: false, flows: false } }));
  factory.last.deliver({ type: "seat.left", id: "a", reason: "left", rev: 2 });
  assert.equal(meeting.store.state.flows, true);
});

test("a seat whose media does not flow is not kept when its lease runs out", async () => {
  const { clock, factory, meeting, transport } = await joined();
  transport.dispatchEvent(new CustomEvent("peer", { detail: { seatId: "a", state: "connected" } }));
  transport.silent.add("a");
  factory.last.deliver({ type: "seat.left", id: "a", reason: "expired", rev: 2 });
  await clock.advance(0);
  assert.equal(meeting.store.state.seats.a, undefined);
});

test("a seat that is kept after its lease ran out is removed after two minutes", async () => {
  const { clock, factory, meeting, transport } = await joined();
  transport.dispatchEvent(new CustomEvent("peer", { detail: { seatId: "a", state: "connected" } }));
  factory.last.deliver({ type: "seat.left", id: "a", reason: "expired", rev: 2 });
  assert.equal(meeting.store.state.seats.a.away, true);
  for (let time = 0; time < 16; time += 1) {
    assert.ok(meeting.store.state.seats.a);
    factory.last.deliver({ type: "pong" });
    await clock.advance(7_600);
  }
  assert.equal(meeting.store.state.seats.a, undefined);
});

test("the state lists a seat as limited for as long as the transport limits it", async () => {
  const { meeting, transport, factory } = await joined();
  const limit = (/** @type {boolean} */ limited) =>
    transport.dispatchEvent(new CustomEvent("limited", { detail: { seatId: "a", limited } }));
  limit(true);
  assert.deepEqual(meeting.store.state.limited, { a: true });
  limit(false);
  assert.deepEqual(meeting.store.state.limited, {});
  limit(true);
  factory.last.deliver({ type: "seat.left", id: "a", reason: "left", rev: 2 });
  assert.deepEqual(meeting.store.state.limited, {});
});
