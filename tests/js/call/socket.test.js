import assert from "node:assert/strict";
import { test } from "node:test";

import { SignalSocket } from "../../../static/js/call/socket.js";
import { FakeClock } from "../fakes/clock.js";
import { socketFactory } from "../fakes/websocket.js";

function setUp() {
  const clock = new FakeClock();
  const factory = socketFactory();
  const socket = new SignalSocket({ url: "/ws/r/x/", clock, createWebSocket: /** @type {any} */ (factory.create) });
  /** @type {string[]} */
  const log = [];
  socket.addEventListener("state", (event) => log.push(/** @type {CustomEvent} */ (event).detail.state));
  socket.addEventListener("gave_up", () => log.push("gave_up"));
  socket.addEventListener("message", (event) => log.push(/** @type {CustomEvent} */ (event).detail.type));
  return { clock, factory, socket, log };
}

function opened() {
  const parts = setUp();
  parts.socket.open();
  parts.factory.last.accept();
  parts.log.length = 0;
  return parts;
}

test("the socket goes through connecting, open, lost, open again and closed", async () => {
  const { clock, factory, socket, log } = setUp();
  socket.open();
  factory.last.accept();
  factory.last.lose();
  await clock.advance(1);
  factory.last.accept();
  socket.close();
  assert.deepEqual(log, ["connecting", "open", "reconnecting", "open", "closed"]);
  assert.equal(factory.sockets.length, 2);
  await clock.advance(60_000);
  assert.equal(factory.sockets.length, 2);
});

test("the back-off grows: 0, 0.3, 1.2, 2.7, 4.8, 7, 7 seconds", async () => {
  const { clock, factory } = opened();
  /** @type {number[]} */
  const waits = [];
  for (let time = 0; time < 7; time += 1) {
    const count = factory.sockets.length;
    const start = clock.now();
    factory.last.lose();
    while (factory.sockets.length === count) await clock.advance(100);
    waits.push(clock.now() - start);
  }
  assert.deepEqual(waits, [100, 300, 1_200, 2_700, 4_800, 7_000, 7_000]);
});

test("only a message of the server ends the back-off", async () => {
  const { clock, factory } = opened();
  for (let time = 0; time < 4; time += 1) {
    factory.last.lose();
    await clock.advance(5_000);
    factory.last.accept();
  }
  const count = factory.sockets.length;
  factory.last.lose();
  await clock.advance(1_000);
  assert.equal(factory.sockets.length, count);
});

test('a bye "stop" closes for good, a bye "rejoin" waits as long as the server asks', async () => {
  const first = opened();
  first.factory.last.deliver({ type: "bye", code: "taken", message: "", action: "stop" });
  await first.clock.advance(60_000);
  assert.deepEqual([first.socket.state, first.factory.sockets.length], ["closed", 1]);
  const second = opened();
  second.factory.last.deliver({ type: "bye", code: "restarting", message: "", action: "rejoin", retry_in: 1.5 });
  await second.clock.advance(1_400);
  assert.equal(second.factory.sockets.length, 1);
  await second.clock.advance(200);
  assert.equal(second.factory.sockets.length, 2);
});

test("a silent server is taken for dead six seconds after a ping", async () => {
  const { clock, factory, socket } = opened();
  await clock.advance(8_000);
  assert.ok(factory.last.last("ping"));
  factory.last.deliver({ type: "pong" });
  await clock.advance(8_000);
  assert.equal(socket.state, "open");
  await clock.advance(6_100);
  assert.equal(factory.sockets[0].closed, true);
  assert.equal(factory.sockets.length, 2);
});

test("a dial that hangs is given up and tried again", async () => {
  const { clock, factory, socket } = setUp();
  socket.open();
  await clock.advance(8_100);
  assert.equal(factory.sockets.length, 2);
});

test("a probe on an open socket shortens the deadline for an answer", async () => {
  const { clock, factory, socket } = opened();
  socket.probe();
  await clock.advance(1_000);
  factory.last.deliver({ type: "pong" });
  await clock.advance(3_000);
  assert.equal(factory.sockets.length, 1);
  socket.probe();
  await clock.advance(1_600);
  assert.equal(factory.sockets.length, 2);
});

test("a heartbeat does not extend the deadline of a probe", async () => {
  const { clock, factory, socket } = opened();
  await clock.advance(7_500);
  socket.probe();
  await clock.advance(1_600);
  assert.equal(factory.sockets.length, 2);
});

test("the socket is probed when media stops, and dialled when media comes back", async () => {
  const { clock, factory, socket } = opened();
  socket.mediaLivenessChanged(true);
  assert.equal(factory.last.last("ping"), undefined);
  socket.mediaLivenessChanged(false);
  assert.ok(factory.last.last("ping"));
  await clock.advance(1_600);
  assert.equal(factory.sockets.length, 2);
  socket.mediaLivenessChanged(false);
  await clock.advance(1_000);
  assert.equal(factory.sockets.length, 2);
  socket.mediaLivenessChanged(true);
  assert.equal(factory.sockets.length, 3);
});

test("in a call the server is found within two seconds, however many dials have failed", async () => {
  const { clock, factory, socket } = opened();
  socket.inCall = true;
  for (let time = 0; time < 8; time += 1) {
    factory.last.lose();
    await clock.advance(1_300);
  }
  assert.equal(factory.sockets.length, 9);
});

test("a probe while waiting dials at once", async () => {
  const { clock, factory, socket } = opened();
  for (let time = 0; time < 6; time += 1) {
    factory.last.lose();
    await clock.advance(time < 5 ? 8_000 : 100);
  }
  const count = factory.sockets.length;
  socket.probe();
  assert.equal(factory.sockets.length, count + 1);
});

test("it gives up after two minutes, not before, and sleep does not count", async () => {
  const { clock, factory, socket, log } = opened();
  socket.inCall = true;
  const refuse = async (/** @type {number} */ seconds) => {
    for (let time = 0; time < seconds; time += 1) {
      if (factory.last.readyState === 0) factory.last.lose();
      await clock.advance(1_000);
    }
  };
  factory.last.lose();
  await refuse(60);
  clock.sleep(3_600_000);
  socket.probe();
  await refuse(100);
  assert.equal(socket.state, "reconnecting");
  await refuse(40);
  assert.equal(socket.state, "closed");
  assert.equal(log.at(-1), "gave_up");
});

test("ack and error settle their own request, and a loss settles all", async () => {
  const { clock, factory, socket, log } = opened();
  const done = socket.request({ type: "reaction", emoji: "👍" });
  factory.last.deliver({ type: "ack", ref: factory.last.last("reaction").ref });
  await done;
  const refused = socket.request({ type: "chat", text: "", ref: "mine" });
  factory.last.deliver({ type: "error", code: "bad_message", message: "No", ref: "mine" });
  await assert.rejects(refused, { code: "bad_message" });
  const lost = socket.request({ type: "sync" });
  factory.last.lose();
  await assert.rejects(lost, { code: "disconnected" });
  await assert.rejects(socket.request({ type: "sync" }), { code: "disconnected" });
  await clock.advance(1);
  factory.last.accept();
  const late = assert.rejects(socket.request({ type: "sync" }), { code: "disconnected" });
  await clock.advance(7_000);
  factory.last.deliver({ type: "pong" });
  await clock.advance(4_000);
  await late;
  assert.equal(log.includes("error"), false);
});

test("frames that are no message are ignored", () => {
  const { factory, log } = opened();
  for (const frame of ["", "{", "null", "[]", '"x"', "{}", '{"type":5}']) factory.last.deliver(frame);
  assert.deepEqual(log, []);
});

test("late messages of an old socket are ignored", async () => {
  const { clock, factory, log } = opened();
  const { onmessage } = factory.last;
  factory.last.lose();
  await clock.advance(1);
  assert.equal(factory.sockets[0].onmessage, null);
  assert.ok(onmessage);
  assert.deepEqual(log, ["reconnecting"]);
});
