/** A meeting on a fake clock, socket and transport, for the tests in `call/meeting/`. */

import { Meeting } from "../../../static/js/call/meeting.js";
import { SeatKey } from "../../../static/js/call/seat-key.js";
import { SignalSocket } from "../../../static/js/call/socket.js";
import { FakeClock, settle } from "./clock.js";
import { seat } from "./seats.js";
import { socketFactory } from "./websocket.js";

export const ROOM = { slug: "x", name: "X", capacity: 6, chat_days: 0, rev: 1 };
export const ADA = { nickname: "Ada", mic: true, cam: false };

/** A fake of the mesh that records the calls it gets. */
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
export function setUp(unsent = null) {
  const clock = new FakeClock();
  const factory = socketFactory();
  /** @type {(reason: any) => void} */
  let wake = () => {};
  /** @type {any} */
  let transport;
  const key = new SeatKey({ slug: "x", storage: null, locks: null, clock });
  const meeting = new Meeting({
    url: "/ws/r/x/",
    unsent,
    key,
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
  return { clock, factory, key, meeting, transport, problems, wake: (/** @type {any} */ reason) => wake(reason) };
}

/** @param {any[]} [others] @param {any} [change] */
export function welcome(others = [], change = {}) {
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

export async function joined() {
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

/** Lets the server accept the line that was sent last. @param {any} socket @param {number} id */
export function keep(socket, id) {
  const { text, to = null, ref } = socket.last("chat");
  const said = { id, seat: "me", nickname: "Ada", text, to, to_nickname: to, sent_at: id, ref };
  socket.deliver({ type: "chat", line: said });
  socket.deliver({ type: "ack", ref });
}

/** @param {Awaited<ReturnType<typeof joined>>} parts @param {any} [message] */
export async function resume({ factory, clock }, message = welcome([seat("a")])) {
  factory.last.lose();
  await clock.advance(1);
  factory.last.accept();
  await settle();
  if (message) factory.last.deliver(message);
}
