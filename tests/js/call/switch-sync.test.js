import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";
import { createStore } from "../../../static/js/call/store.js";
import { SwitchSync } from "../../../static/js/call/switch-sync.js";
import { FakeClock, settle } from "../fakes/clock.js";
import { seat, stateOf } from "../fakes/seats.js";

/** A server with my seat in it: does what it is told in order, and answers with the news first, then the ack. */
function setUp() {
  const store = createStore({
    ...stateOf("me", { me: seat("me") }),
    local: { mic: true, cam: true, screen: false, hand: false },
  });
  /** @type {{change: any, resolve: (value: any) => void, reject: (problem: any) => void}[]} */
  const asked = [];
  let mine = seat("me");
  const server = {
    asked,
    get hand() {
      return mine.hand !== null;
    },
    /** @param {number | null} hand */
    put(hand) {
      mine = { ...mine, hand, rev: mine.rev + 1 };
      return /** @type {const} */ ({ type: "seat.updated", seat: mine });
    },
    async answer() {
      const next = asked.shift();
      if (!next) return;
      store.dispatch(server.put(next.change.hand ? mine.rev : null));
      next.resolve(null);
      await settle();
    },
    /** @param {string} code */
    async refuse(code) {
      asked.shift()?.reject({ code, message: "" });
      await settle();
    },
  };
  const socket = {
    request: (/** @type {any} */ { type, ...change }) =>
      new Promise((resolve, reject) => asked.push({ change, resolve, reject })),
  };
  const clock = new FakeClock();
  const sync = new SwitchSync({ store, socket: /** @type {any} */ (socket), clock, refused: () => {} });
  const press = (/** @type {boolean} */ hand, seated = true) => {
    store.dispatch({ type: "local.switch", change: { hand } });
    sync.changed({ hand }, seated);
  };
  sync.reportDifferences();
  return { store, server, sync, clock, press, isUp: () => store.state.local.hand };
}

test("a hand that a host lowers goes down here", async () => {
  const { store, server, press, isUp } = setUp();
  press(true);
  await server.answer();
  assert.equal(isUp(), true);
  store.dispatch(server.put(null));
  assert.equal(isUp(), false);
  assert.equal(server.asked.length, 0);
});

test("an outdated update of my seat does not undo my latest switch", async () => {
  const { server, press, isUp } = setUp();
  press(true);
  press(false);
  press(true);
  for (const _ of [1, 2, 3]) {
    assert.equal(isUp(), true);
    await server.answer();
  }
  assert.deepEqual([isUp(), server.hand], [true, true]);
});

test("a hand raised while disconnected is reported after the welcome", async () => {
  const { server, sync, press, isUp } = setUp();
  press(true, false);
  sync.reportDifferences();
  await server.answer();
  assert.deepEqual([isUp(), server.hand], [true, true]);
});

test("a hand whose answer was lost with the socket is reported again", async () => {
  const { store, server, sync, press, isUp } = setUp();
  press(true);
  await server.refuse("disconnected");
  store.dispatch(server.put(null));
  assert.equal(isUp(), true);
  sync.reportDifferences();
  await server.answer();
  assert.deepEqual([isUp(), server.hand], [true, true]);
});

test("a hand that a host lowered while I was away stays down", async () => {
  const { store, server, sync, press, isUp } = setUp();
  press(true);
  await server.answer();
  const { seat: lowered } = server.put(null);
  store.dispatch({
    type: "welcome",
    seat: "me",
    room: { slug: "x", name: "", capacity: 6, chat_days: 0, rev: 1 },
    seats: [lowered],
    chat: [],
    chat_earlier: false,
    ice_servers: [],
    heartbeat: 8,
    protocol: 1,
    now: 1_795_000_000,
  });
  sync.reportDifferences();
  assert.equal(isUp(), false);
  assert.equal(server.asked.length, 0);
});

test("a raised hand is raised again in a new seat", async () => {
  const { store, server, sync, press } = setUp();
  press(true);
  await server.answer();
  store.dispatch({
    type: "welcome",
    seat: "other",
    room: { slug: "x", name: "", capacity: 6, chat_days: 0, rev: 1 },
    seats: [seat("other")],
    chat: [],
    chat_earlier: false,
    ice_servers: [],
    heartbeat: 8,
    protocol: 1,
    now: 1_795_000_000,
  });
  sync.reportDifferences();
  assert.deepEqual(
    server.asked.map(({ change }) => change),
    [{ hand: true }],
  );
});

test("page and server agree in the end, whatever is pressed, lowered by a host, lost or refused", async () => {
  const act = fc.constantFrom("up", "down", "answer", "lower", "too_many", "disconnected");
  const property = fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
    const { store, server, sync, clock, press, isUp } = setUp();
    for (const what of acts) {
      if (what === "up" || what === "down") press(what === "up");
      else if (what === "answer") await server.answer();
      else if (what === "lower") store.dispatch(server.put(null));
      else await server.refuse(what);
    }
    for (let round = 0; round < 60; round += 1) {
      await server.answer();
      await clock.advance(1_000);
    }
    sync.reportDifferences();
    await server.answer();
    assert.equal(isUp(), server.hand);
    assert.equal(server.asked.length, 0);
  });
  await fc.assert(property);
});
