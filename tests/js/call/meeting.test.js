import assert from "node:assert/strict";
import { test } from "node:test";

import { Meeting } from "../../../static/js/call/meeting.js";
import { SeatKey } from "../../../static/js/call/seat-key.js";
import { SignalSocket } from "../../../static/js/call/socket.js";
import { FakeClock, settle } from "../fakes/clock.js";
import { seat } from "../fakes/seats.js";
import { socketFactory } from "../fakes/websocket.js";

const ROOM = { slug: "x", name: "X", capacity: 6, chat_days: 0, rev: 1 };
const ADA = { nickname: "Ada", mic: true, cam: false };

/** Stands for the mesh and writes down what it is told. */
class FakeTransport extends EventTarget {
  /** @param {any} options */
  constructor(options) {
    super();
    this.options = options;
  }

  /** @type {any[]} */
  calls = [];
  setIceServers(/** @type {any} */ servers) {
    this.calls.push(["ice", servers]);
  }
  prepared = 0;
  prepare(/** @type {number} */ people) {
    this.prepared = people;
  }
  update(/** @type {any} */ state, /** @type {any} */ now) {
    this.calls.push(["update", Object.keys(state.seats), now.online, now.inviter]);
  }
  receive(/** @type {any} */ message) {
    this.calls.push(["receive", message.from]);
  }
  /** @type {Set<string>} */
  silent = new Set();
  async flows(/** @type {string} */ id) {
    return !this.silent.has(id);
  }
  undelivered(/** @type {string} */ id) {
    this.calls.push(["undelivered", id]);
  }
  setTrack(/** @type {string} */ kind) {
    this.calls.push(["track", kind]);
  }
  wake(/** @type {string} */ reason) {
    this.calls.push(["wake", reason]);
  }
  close() {
    this.calls.push(["close"]);
  }
}

/** @param {any} [unsent] */
function setUp(unsent = null) {
  const clock = new FakeClock();
  const factory = socketFactory();
  /** @type {(reason: any) => void} */
  let wake = () => {};
  /** @type {any} */
  let transport;
  const meeting = new Meeting({
    url: "/ws/r/x/",
    unsent,
    key: new SeatKey({ slug: "x", storage: null, locks: null, clock }),
    clock,
    wake: (listener) => {
      wake = listener;
      return () => {};
    },
    createSocket: (options) => new SignalSocket({ ...options, createWebSocket: /** @type {any} */ (factory.create) }),
    createTransport: (options) => (transport = /** @type {any} */ (new FakeTransport(options))),
  });
  /** @type {string[]} */
  const problems = [];
  meeting.addEventListener("problem", (event) => problems.push(/** @type {CustomEvent} */ (event).detail.code));
  return { clock, factory, meeting, transport, problems, wake: (/** @type {any} */ reason) => wake(reason) };
}

/** @param {any[]} [others] @param {any} [change] */
function welcome(others = [], change = {}) {
  const seats = [seat("me", { nickname: "Ada", cam: false, ...change }), ...others];
  return {
    type: "welcome",
    seat: "me",
    room: ROOM,
    seats,
    chat: [],
    ice_servers: [{ urls: ["stun:x"] }],
    heartbeat: 8,
    protocol: 1,
  };
}

async function joined() {
  const parts = setUp();
  parts.meeting.open();
  parts.factory.last.accept();
  const joining = parts.meeting.join(ADA);
  await settle();
  parts.factory.last.deliver(welcome([seat("a")]));
  await joining;
  parts.transport.calls.length = 0;
  return parts;
}

/** The server keeps the line that was sent last. @param {any} socket @param {number} id */
function keep(socket, id) {
  const { text, to = null, ref } = socket.last("chat");
  const said = { id, seat: "me", nickname: "Ada", text, to, to_nickname: to, sent_at: id, ref };
  socket.deliver({ type: "chat", line: said });
  socket.deliver({ type: "ack", ref });
}

/** @param {Awaited<ReturnType<typeof joined>>} parts @param {any} [message] */
async function resume({ factory, clock }, message = welcome([seat("a")])) {
  factory.last.lose();
  await clock.advance(1);
  factory.last.accept();
  await settle();
  if (message) factory.last.deliver(message);
}

test("green room: peeks, joins with one message, invites everybody at once", async () => {
  const { factory, meeting, transport } = setUp();
  meeting.open();
  meeting.open();
  factory.last.accept();
  factory.last.deliver({ type: "room", room: ROOM, nicknames: ["a"], inside: 1 });
  assert.deepEqual(meeting.store.state.peek, { nicknames: ["a"], inside: 1 });
  assert.equal(transport.prepared, 1);
  const joining = meeting.join(ADA);
  assert.equal(meeting.store.state.phase, "joining");
  await settle();
  const { key, page, ref, ...hello } = factory.last.last("hello");
  assert.deepEqual(hello, { type: "hello", attempt: 1, ...ADA });
  factory.last.deliver(welcome([seat("a")]));
  await joining;
  assert.equal(meeting.store.state.phase, "in");
  assert.deepEqual(transport.calls.slice(-2), [
    ["ice", [{ urls: ["stun:x"] }]],
    ["update", ["me", "a"], true, true],
  ]);
  assert.deepEqual(
    factory.last.sent.map(({ type }) => type),
    ["peek", "hello"],
  );
});

test("a join before the socket is open waits for it", async () => {
  const { factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  await settle();
  factory.last.accept();
  await settle();
  assert.deepEqual(
    factory.last.sent.map(({ type }) => type),
    ["hello"],
  );
  factory.last.deliver(welcome());
  await joining;
});

test("a socket lost while joining says hello again, with a higher attempt", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  factory.last.lose();
  await clock.advance(1);
  factory.last.accept();
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  factory.last.deliver(welcome());
  await joining;
});

test("a taken nickname goes back to the green room with a suggestion", async () => {
  const { factory, meeting, problems } = setUp();
  meeting.open();
  factory.last.accept();
  const joining = meeting.join(ADA);
  await settle();
  const { ref } = factory.last.last("hello");
  factory.last.deliver({ type: "error", code: "nickname_taken", message: "Taken", suggestion: "Ada 2", ref });
  await assert.rejects(joining, { code: "nickname_taken", suggestion: "Ada 2" });
  assert.equal(meeting.store.state.phase, "green");
  assert.deepEqual(problems, []);
  const again = meeting.join({ ...ADA, nickname: "Ada 2" });
  await settle();
  assert.equal(factory.last.last("hello").nickname, "Ada 2");
  factory.last.deliver(welcome());
  await again;
});

test("a busy server is asked again after a while", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  factory.last.deliver({ type: "error", code: "try_again", message: "", ref: factory.last.last("hello").ref });
  assert.equal(meeting.store.state.phase, "joining");
  await clock.advance(1_000);
  assert.equal(factory.last.last("hello").attempt, 2);
  factory.last.deliver(welcome());
  await joining;
});

test("a resume says hello again, keeps the peers and tells what the server missed", async () => {
  const parts = await joined();
  const { factory, meeting, transport } = parts;
  parts.factory.last.lose();
  assert.deepEqual(transport.calls.at(-1), ["update", ["me", "a"], false, false]);
  meeting.setSwitch({ mic: false, hand: true });
  assert.deepEqual(meeting.store.state.local, { mic: false, cam: false, screen: false, hand: true });
  await parts.clock.advance(1);
  factory.last.accept();
  await settle();
  assert.deepEqual([factory.last.last("hello").attempt, factory.last.last("hello").mic], [2, false]);
  factory.last.deliver(welcome([seat("a")], { mic: false, rev: 2 }));
  const { ref, ...state } = factory.last.last("state");
  assert.deepEqual(state, { type: "state", hand: true });
  assert.equal(
    transport.calls.some((/** @type {any} */ [name]) => name === "close"),
    false,
  );
});

test("a nickname lost to somebody else during a resume is changed without a question", async () => {
  const parts = await joined();
  await resume(parts, null);
  const { ref } = parts.factory.last.last("hello");
  parts.factory.last.deliver({ type: "error", code: "nickname_taken", message: "", suggestion: "Ada 2", ref });
  await settle();
  const hello = parts.factory.last.last("hello");
  assert.deepEqual([hello.nickname, hello.attempt], ["Ada 2", 3]);
  assert.equal(parts.meeting.store.state.phase, "in");
});

test("a nickname wished for while the server was away is in the hello; refused there, the old one is said", async () => {
  const parts = await joined();
  parts.factory.last.lose();
  const wish = parts.meeting.nicknameSync.change("Grace");
  await parts.clock.advance(1);
  parts.factory.last.accept();
  await settle();
  const hello = parts.factory.last.last("hello");
  assert.equal(hello.nickname, "Grace");
  parts.factory.last.deliver({
    type: "error",
    code: "nickname_taken",
    message: "",
    suggestion: "Grace 2",
    ref: hello.ref,
  });
  await assert.rejects(wish, { code: "nickname_taken", suggestion: "Grace 2" });
  await settle();
  assert.equal(parts.factory.last.last("hello").nickname, "Ada");
  parts.factory.last.deliver(welcome([seat("a")]));
  assert.equal(parts.meeting.store.state.phase, "in");
  assert.equal(parts.factory.last.last("nickname"), undefined);
});

test("a resume that is refused for good ends the call", async () => {
  const parts = await joined();
  await resume(parts, null);
  const { ref } = parts.factory.last.last("hello");
  parts.factory.last.deliver({ type: "error", code: "room_full", message: "Full", ref });
  await settle();
  assert.deepEqual(parts.meeting.store.state.bye, { code: "room_full", message: "Full", action: "stop" });
});

test("bye taken: gone, and it stays gone", async () => {
  const { clock, factory, meeting, transport } = await joined();
  factory.last.deliver({ type: "bye", code: "taken", message: "Elsewhere", action: "stop" });
  assert.equal(meeting.store.state.phase, "left");
  assert.deepEqual(meeting.store.state.bye, { code: "taken", message: "Elsewhere", action: "stop" });
  assert.deepEqual(transport.calls.at(-1), ["close"]);
  await clock.advance(300_000);
  assert.equal(factory.sockets.length, 1);
});

test("leave says goodbye and takes a new key the next time", async () => {
  const { factory, meeting } = await joined();
  const before = factory.last.last("hello").key;
  meeting.leave();
  assert.ok(factory.last.last("leave"));
  assert.deepEqual(
    [meeting.store.state.phase, meeting.store.state.bye?.code, meeting.store.state.link],
    ["left", "left", "closed"],
  );
  const again = meeting.join(ADA);
  factory.last.accept();
  await settle();
  assert.notEqual(factory.last.last("hello").key, before);
  factory.last.deliver(welcome());
  await again;
  assert.equal(meeting.store.state.bye, null);
});

test("two minutes without a server end the call", async () => {
  const { clock, factory, meeting } = await joined();
  factory.last.lose();
  for (let second = 0; second < 140; second += 1) {
    await clock.advance(1_000);
    if (factory.last.readyState === 0) factory.last.lose();
  }
  assert.deepEqual([meeting.store.state.phase, meeting.store.state.bye?.code], ["left", "gave_up"]);
});

test("chat is shown at once, sent again after a resume under the same ref, shown once", async () => {
  const parts = await joined();
  const { factory, meeting } = parts;
  factory.last.lose();
  meeting.sendChat("one");
  meeting.sendChat("two", "a");
  assert.deepEqual(
    meeting.store.state.chat.map(({ status }) => status),
    ["sending", "sending"],
  );
  await parts.clock.advance(1);
  factory.last.accept();
  await settle();
  factory.last.deliver(welcome([seat("a")]));
  const said = () => factory.last.sent.filter(({ type }) => type === "chat").map(({ text, to }) => [text, to]);
  assert.deepEqual(said(), [["one", undefined]]);
  keep(factory.last, 1);
  await settle();
  assert.deepEqual(said(), [
    ["one", undefined],
    ["two", "a"],
  ]);
  factory.last.deliver({ type: "error", code: "no_such_seat", message: "Gone", ref: factory.last.last("chat").ref });
  await settle();
  assert.deepEqual(
    meeting.store.state.chat.map(({ status, problem }) => [status, problem]),
    [
      ["sent", undefined],
      ["failed", { code: "no_such_seat", message: "Gone" }],
    ],
  );
  await resume(parts);
  assert.equal(
    factory.last.sent.some(({ type }) => type === "chat"),
    false,
  );
  meeting.sendChatAgain(meeting.store.state.chat[1]?.ref ?? "");
  keep(factory.last, 2);
  await settle();
  assert.deepEqual(
    meeting.store.state.chat.map(({ id, text }) => [id, text]),
    [
      [1, "one"],
      [2, "two"],
    ],
  );
});

test("of two lines the second waits until the first is settled, so that haste never turns them round", async () => {
  const { clock, factory, meeting } = await joined();
  meeting.sendChat("one");
  meeting.sendChat("two");
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref: factory.last.last("chat").ref });
  await settle();
  assert.equal(factory.last.last("chat").text, "one");
  await clock.advance(2_100);
  assert.equal(factory.last.last("chat").text, "one");
  keep(factory.last, 1);
  await settle();
  assert.equal(factory.last.last("chat").text, "two");
});

test("what could not be sent is sent by the next page, once, and what arrived after all is not sent again", async () => {
  const memory = {
    values: {},
    load: () => memory.values,
    save: (/** @type {any} */ values) => (memory.values = values),
  };
  /** @param {(parts: ReturnType<typeof setUp>) => any} [snapshot] */
  const page = async (snapshot = () => welcome()) => {
    const parts = setUp(memory);
    const joining = parts.meeting.join(ADA);
    parts.factory.last.accept();
    await settle();
    parts.factory.last.deliver(snapshot(parts));
    await joining;
    return parts;
  };
  const first = await page();
  first.factory.last.lose();
  for (const text of ["one", "two"]) first.meeting.sendChat(text);
  const [one] = first.meeting.store.state.chat;
  const kept = {
    id: 1,
    seat: "me",
    nickname: "Ada",
    text: "one",
    to: null,
    to_nickname: null,
    sent_at: 1,
    ref: one?.ref,
  };
  const second = await page(() => ({ ...welcome(), chat: [kept] }));
  assert.deepEqual(
    second.factory.last.sent.filter(({ type }) => type === "chat").map(({ text }) => text),
    ["two"],
  );
  keep(second.factory.last, 2);
  await settle();
  assert.deepEqual(
    second.meeting.store.state.chat.map(({ id, text }) => [id, text]),
    [
      [1, "one"],
      [2, "two"],
    ],
  );
  const third = await page();
  assert.deepEqual(third.meeting.store.state.chat, []);
  // Another seat: a tab made by duplicating this one, which may have sent it meanwhile.
  third.factory.last.lose();
  third.meeting.sendChat("three");
  const copy = await page(() => ({ ...welcome(), seat: "other", seats: [seat("other")] }));
  assert.equal(copy.factory.last.last("chat"), undefined);
  assert.deepEqual(
    copy.meeting.store.state.chat.map(({ text, status }) => [text, status]),
    [["three", "failed"]],
  );
});

/** @param {number} from @param {number} to */
function lines(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
}

/** @param {number} id */
function line(id) {
  return { id, seat: "a", nickname: "a", text: `${id}`, to: null, to_nickname: null, sent_at: id, ref: `r${id}` };
}

test("more lines than a snapshot holds were written while I was away: they are asked for until none is missing", async () => {
  const parts = await joined();
  const { factory, meeting } = parts;
  const ids = () => meeting.store.state.chat.map(({ id }) => id);
  for (const said of lines(1, 3)) factory.last.deliver({ type: "chat", line: said });
  await resume(parts, { ...welcome([seat("a")]), chat: lines(401, 600) });
  assert.equal(factory.last.last("chat.earlier").before, 401);
  factory.last.deliver({ type: "chat.lines", lines: lines(201, 400) });
  await settle();
  // Cut once more: the gap is not forgotten over it.
  await resume(parts, { ...welcome([seat("a")]), chat: lines(402, 601) });
  assert.equal(factory.last.last("chat.earlier").before, 402);
  factory.last.deliver({ type: "chat.lines", lines: lines(202, 401) });
  assert.equal(factory.last.last("chat.earlier").before, 202);
  factory.last.sent.length = 0;
  factory.last.deliver({ type: "chat.lines", lines: lines(2, 201) });
  assert.deepEqual(
    ids(),
    lines(1, 601).map(({ id }) => id),
  );
  assert.equal(factory.last.sent.length, 0);
});

test("a snapshot that meets what is known asks for nothing, and a busy server is asked again", async () => {
  const parts = await joined();
  const { clock, factory } = parts;
  factory.last.deliver({ type: "chat", line: line(401) });
  await resume(parts, { ...welcome([seat("a")]), chat: lines(401, 600) });
  assert.equal(factory.last.last("chat.earlier"), undefined);
  await resume(parts, { ...welcome([seat("a")]), chat: lines(701, 900) });
  factory.last.deliver({ type: "error", code: "try_again", message: "", ref: factory.last.last("chat.earlier").ref });
  await settle();
  factory.last.sent.length = 0;
  await clock.advance(2_100);
  assert.equal(factory.last.last("chat.earlier").before, 701);
});

test("chat refused for haste is said again by itself", async () => {
  const { clock, factory, meeting } = await joined();
  meeting.sendChat("one");
  const { ref } = factory.last.last("chat");
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref });
  factory.last.sent.length = 0;
  await clock.advance(2_100);
  assert.equal(factory.last.last("chat").ref, ref);
});

test("a switch refused for haste is told again, another refusal is shown", async () => {
  const { clock, factory, meeting, problems } = await joined();
  meeting.setSwitch({ hand: true });
  factory.last.deliver({ type: "error", code: "too_many", message: "", ref: factory.last.last("state").ref });
  factory.last.sent.length = 0;
  await clock.advance(1_100);
  const { ref, ...state } = factory.last.last("state");
  assert.deepEqual(state, { type: "state", hand: true });
  assert.deepEqual(problems, []);
  factory.last.deliver({ type: "error", code: "not_allowed", message: "", ref });
  await settle();
  assert.deepEqual(problems, ["not_allowed"]);
});

test("a hello that was already heard asks for the roster instead", async () => {
  const { clock, factory, meeting } = setUp();
  const joining = meeting.join(ADA);
  factory.last.accept();
  await settle();
  for (let time = 0; time < 2; time += 1) {
    await clock.advance(6_000);
    factory.last.deliver({ type: "pong" });
  }
  factory.last.deliver({ type: "error", code: "already_joined", message: "", ref: factory.last.last("hello").ref });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.ok(factory.last.last("sync"));
  factory.last.deliver(welcome());
  await joining;
});

test("a server that forgot the seat is told hello again", async () => {
  const { factory, meeting } = await joined();
  factory.last.deliver({ type: "error", code: "not_joined", message: "" });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.equal(meeting.store.state.phase, "in");
});

test("tracks may be set before the call", () => {
  const { meeting, transport } = setUp();
  meeting.setTrack("audio", null);
  assert.deepEqual(transport.calls, [["track", "audio"]]);
});

test("signals: in both directions, undelivered ones are told to the peer", async () => {
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

test("fresh ICE servers are asked for when the last ones are old", async () => {
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

test("reactions, removals and problems", async () => {
  const { factory, meeting, problems } = await joined();
  /** @type {any[]} */
  const seen = [];
  meeting.addEventListener("reaction", (event) => seen.push(/** @type {CustomEvent} */ (event).detail));
  meeting.react("👍");
  factory.last.deliver({ type: "reaction", from: "a", emoji: "👍" });
  assert.deepEqual(seen, [{ from: "a", emoji: "👍" }]);
  const removing = meeting.hostActions.remove("a");
  factory.last.deliver({ type: "ack", ref: factory.last.last("moderate").ref });
  await removing;
  factory.last.deliver({ type: "error", code: "too_many", message: "Slow down" });
  assert.deepEqual(problems, ["too_many"]);
});

test("a lease that ran out under an open socket is taken again", async () => {
  const { factory, meeting } = await joined();
  factory.last.deliver({ type: "seat.left", id: "me", reason: "expired", rev: 9 });
  await settle();
  assert.equal(factory.last.last("hello").attempt, 2);
  assert.equal(meeting.store.state.phase, "in");
});

test("a wake probes the socket and looks after the peers", async () => {
  const { factory, transport, wake } = await joined();
  wake("network");
  assert.ok(factory.last.last("ping"));
  assert.deepEqual(transport.calls, [["wake", "network"]]);
});

test("media that stops and comes back is told to the socket and to whoever draws", async () => {
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

test("a seat from which nothing comes is not kept when its lease runs out", async () => {
  const { clock, factory, meeting, transport } = await joined();
  transport.dispatchEvent(new CustomEvent("peer", { detail: { seatId: "a", state: "connected" } }));
  transport.silent.add("a");
  factory.last.deliver({ type: "seat.left", id: "a", reason: "expired", rev: 2 });
  await clock.advance(0);
  assert.equal(meeting.store.state.seats.a, undefined);
});

test("a kept seat goes after two minutes", async () => {
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

test("a seat that changes its nickname and switches without pause is shown a few times, its last state always", async () => {
  const { meeting, factory, clock, transport } = await joined();
  let shown = 0;
  meeting.store.subscribe(() => {
    shown += 1;
  });
  for (let rev = 2; rev < 302; rev += 1) {
    const change = { rev, nickname: `a ${rev}`, mic: rev % 2 === 0 };
    factory.last.deliver({ type: "seat.updated", seat: seat("a", change) });
    await clock.advance(20);
  }
  assert.ok(shown <= 35, `${shown} changes in 6 s`);
  assert.ok(transport.calls.length <= 35, `${transport.calls.length} updates of the transport`);
  await clock.advance(250);
  assert.equal(meeting.store.state.seats.a?.nickname, "a 301");
});

test("changes of my own seat are never held", async () => {
  const { meeting, factory } = await joined();
  for (let rev = 2; rev < 102; rev += 1) {
    factory.last.deliver({ type: "seat.updated", seat: seat("me", { rev, cam: false }) });
    assert.equal(meeting.store.state.seats.me?.rev, rev);
  }
});

test("reactions of one seat without pause are dropped, another's are shown", async () => {
  const { meeting, factory } = await joined();
  /** @type {string[]} */
  const shown = [];
  meeting.addEventListener("reaction", (event) => shown.push(/** @type {CustomEvent} */ (event).detail.from));
  for (let count = 0; count < 100; count += 1) factory.last.deliver({ type: "reaction", from: "a", emoji: "👍" });
  factory.last.deliver({ type: "reaction", from: "b", emoji: "👍" });
  assert.equal(shown.filter((from) => from === "a").length, 15);
  assert.equal(shown.at(-1), "b");
});

test("the state says which seat is limited, and for how long", async () => {
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
