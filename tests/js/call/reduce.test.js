import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import { reduce } from "../../../static/js/call/reduce.js";
import { isOrphaned } from "../../../static/js/call/selectors.js";
import { initialState } from "../../../static/js/call/state.js";
import { createStore } from "../../../static/js/call/store.js";
import { seat, stateOf } from "../fakes/seats.js";

/** @import { ChatLine, Seat, ServerMessage } from "../../../static/js/protocol.js" */

const ROOM = { slug: "abc-defg-hjk", name: "Weekly", capacity: 6, chat_days: 0, rev: 1 };

/**
 * @param {readonly Seat[]} seats
 * @param {readonly ChatLine[]} [chat]
 * @returns {Extract<ServerMessage, {type: "welcome"}>}
 */
function welcome(seats, chat = []) {
  return {
    type: "welcome",
    seat: "me",
    room: ROOM,
    seats: [seat("me"), ...seats],
    chat: [...chat],
    chat_earlier: false,
    ice_servers: [],
    heartbeat: 8,
    protocol: 1,
    now: 1_795_000_000,
  };
}

/** @param {number} id @param {Partial<ChatLine>} [change] */
function line(id, change = {}) {
  return {
    id,
    seat: "a",
    nickname: "a",
    text: `line ${id}`,
    to: null,
    to_nickname: null,
    sent_at: id,
    ref: `r${id}`,
    ...change,
  };
}

test("every example of the wire is understood", () => {
  const { server } = JSON.parse(readFileSync(new URL("../examples.json", import.meta.url), "utf8"));
  assert.ok(server.length > 10);
  for (const message of server) {
    const before = Object.freeze(initialState());
    assert.ok(reduce(before, message), message.type);
  }
  const store = createStore();
  for (const message of server) if (message.type !== "bye") store.dispatch(message);
  assert.equal(store.state.room?.name, "Monday");
  assert.deepEqual(
    store.state.chat.map(({ id }) => id),
    [3, 7],
  );
  assert.equal(store.state.me, "00112233445566aa");
});

test("a snapshot after events is the same as the snapshot alone", () => {
  const ids = fc.constantFrom("a", "b", "c");
  const event = fc.oneof(
    fc.record({ kind: fc.constant("put"), id: ids, mic: fc.boolean() }),
    fc.record({ kind: fc.constant("end"), id: ids, mic: fc.boolean() }),
  );
  const property = fc.property(fc.array(event, { maxLength: 20 }), fc.nat(), fc.nat(), (events, cut, shuffle) => {
    const { messages, rosters } = history(events);
    const at = cut % rosters.length;
    const roster = Object.values(rosters.at(-1) ?? {});
    const early = rotate(messages, shuffle).reduce(
      reduce,
      reduce(stateOf("me", {}), welcome(Object.values(rosters[at]))),
    );
    const late = rotate(messages, shuffle).reduce(reduce, reduce(early, welcome(roster)));
    const alone = reduce(stateOf("me", {}), welcome(roster));
    assert.deepEqual(early.seats, alone.seats);
    assert.deepEqual(late.seats, alone.seats);
  });
  fc.assert(property);
});

/**
 * What a server would say, and the roster after each message.
 * @param {readonly {kind: string, id: string, mic: boolean}[]} events
 */
function history(events) {
  /** @type {ServerMessage[]} */
  const messages = [];
  /** @type {Record<string, ReturnType<typeof seat>>[]} */
  const rosters = [{}];
  for (const [index, { kind, id, mic }] of events.entries()) {
    const { [id]: known, ...others } = rosters.at(-1) ?? {};
    const rev = index + 1;
    if (kind === "put") {
      const now = seat(id, { mic, rev });
      messages.push({ type: known ? "seat.updated" : "seat.joined", seat: now });
      rosters.push({ ...others, [id]: now });
    } else if (known) {
      messages.push({ type: "seat.left", id, reason: "left", rev });
      rosters.push(others);
    }
  }
  return { messages, rosters };
}

/** @template T @param {readonly T[]} list @param {number} by @returns {T[]} in another order */
function rotate(list, by) {
  const at = list.length ? by % list.length : 0;
  return [...list.slice(at), ...list.slice(0, at)];
}

test("an update older than the snapshot changes nothing", () => {
  const state = reduce(initialState(), welcome([seat("a", { rev: 5, mic: false })]));
  assert.equal(reduce(state, { type: "seat.updated", seat: seat("a", { rev: 4 }) }), state);
  assert.equal(reduce(state, { type: "seat.updated", seat: seat("a", { rev: 5 }) }), state);
  assert.equal(reduce(state, { type: "seat.updated", seat: seat("a", { rev: 6 }) }).seats.a.mic, true);
});

test("a seat whose end arrived before its join does not come back unless it is reopened", () => {
  const left = reduce(initialState(), { type: "seat.left", id: "a", reason: "left", rev: 3 });
  assert.deepEqual(reduce(left, { type: "seat.joined", seat: seat("a", { rev: 2 }) }).seats, {});
  const reopened = reduce(left, { type: "seat.joined", seat: seat("a", { rev: 4 }) });
  assert.ok(reopened.seats.a);
  assert.equal("a" in reopened.ended, false);
});

test("an outdated end does not end a reopened seat", () => {
  const state = reduce(initialState(), welcome([seat("a", { rev: 9 })]));
  assert.ok(reduce(state, { type: "seat.left", id: "a", reason: "expired", rev: 8 }).seats.a);
});

test("a seat missing in the snapshot is removed, and older updates of it are ignored", () => {
  const first = reduce(initialState(), welcome([seat("a", { rev: 5 })]));
  const second = reduce(first, welcome([]));
  assert.equal(second.seats.a, undefined);
  assert.equal(reduce(second, { type: "seat.updated", seat: seat("a", { rev: 5 }) }).seats.a, undefined);
});

test("an expired seat whose media flows is kept as away until its media stops", () => {
  let state = reduce(initialState(), welcome([seat("a")]));
  state = reduce(state, { type: "local.peer", id: "a", state: "connected" });
  state = reduce(state, { type: "seat.left", id: "a", reason: "expired", rev: 2 });
  assert.equal(state.seats.a.away, true);
  assert.ok(isOrphaned(state, "a"));
  assert.equal(reduce(state, { type: "local.peer", id: "a", state: "trouble" }).seats.a, undefined);
  assert.equal(reduce(state, { type: "local.drop", id: "a" }).seats.a, undefined);
  assert.equal(reduce(state, { type: "seat.left", id: "a", reason: "removed", rev: 3 }).seats.a, undefined);
  const back = reduce(state, { type: "seat.joined", seat: seat("a", { rev: 3 }) });
  assert.equal(back.seats.a.away, false);
  assert.equal(isOrphaned(back, "a"), false);
  assert.equal(reduce(back, { type: "local.drop", id: "a" }), back);
});

test("a seat that left is not kept, whether its media flows or not", () => {
  let state = reduce(initialState(), welcome([seat("a")]));
  state = reduce(state, { type: "local.peer", id: "a", state: "connected" });
  assert.equal(reduce(state, { type: "seat.left", id: "a", reason: "left", rev: 2 }).seats.a, undefined);
});

test("however many come and go, the last 500 are remembered, and those whose media still flows", () => {
  let state = reduce(initialState(), welcome([seat("orphan")]));
  state = reduce(state, { type: "local.peer", id: "orphan", state: "connected" });
  state = reduce(state, { type: "seat.left", id: "orphan", reason: "expired", rev: 2 });
  for (let n = 0; n < 1_200; n += 1) {
    state = reduce(state, { type: "seat.joined", seat: seat(`guest ${n}`, { rev: 1 }) });
    state = reduce(state, { type: "seat.left", id: `guest ${n}`, reason: "left", rev: 2 });
  }
  assert.equal(Object.keys(state.ended).length, 500);
  assert.ok(isOrphaned(state, "orphan"));
  assert.equal(reduce(state, { type: "seat.updated", seat: seat("guest 1199", { rev: 1 }) }), state);
});

test("my own seat stays until a bye", () => {
  const state = reduce(initialState(), welcome([]));
  assert.ok(reduce(state, { type: "seat.left", id: "me", reason: "expired", rev: 7 }).seats.me);
  const gone = reduce(state, { type: "bye", code: "removed", message: "You were removed.", action: "stop" });
  assert.deepEqual([gone.phase, gone.bye?.code, gone.seats], ["left", "removed", {}]);
  assert.equal(reduce(state, { type: "bye", code: "restarting", message: "", action: "rejoin" }), state);
});

test("chat lines are in order, each once, and my own replaces its unconfirmed entry", () => {
  const entry = {
    ref: "p-1",
    seat: "me",
    nickname: "me",
    text: "mine",
    to: null,
    to_nickname: null,
    sent_at: 1,
    status: /** @type {const} */ ("sending"),
  };
  let state = reduce(initialState(), welcome([], [line(1), line(2)]));
  state = reduce(state, { type: "local.chat", entry });
  state = reduce(state, { type: "chat", line: line(4) });
  assert.deepEqual(
    state.chat.map(({ id }) => id),
    [1, 2, 4, undefined],
  );
  state = reduce(state, welcome([], [line(2), line(3, { seat: "me", ref: "p-1" })]));
  assert.deepEqual(
    state.chat.map(({ id, status }) => [id, status]),
    [
      [1, "sent"],
      [2, "sent"],
      [3, "sent"],
      [4, "sent"],
    ],
  );
  assert.equal(reduce(state, { type: "chat", line: line(4) }), state);
});

test("another person's ref does not take my line's place", () => {
  const entry = {
    ref: "p-1",
    seat: "me",
    nickname: "me",
    text: "mine",
    to: null,
    to_nickname: null,
    sent_at: 1,
    status: /** @type {const} */ ("sending"),
  };
  const state = reduce(reduce(initialState(), welcome([])), { type: "local.chat", entry });
  assert.equal(reduce(state, { type: "chat", line: line(1, { ref: "p-1" }) }).chat.length, 2);
});

test("a first welcome brings my raised hand back, a later one does not", () => {
  const mine = seat("me", { hand: 1_795_000_000 });
  const joining = reduce(initialState(), { type: "local.join", mic: true, cam: true });
  const message = { ...welcome([]), seats: [mine] };
  const inside = reduce(joining, message);
  assert.equal(inside.local.hand, true);
  const lowered = reduce(inside, { type: "local.switch", change: { hand: false } });
  assert.equal(reduce(lowered, message).local.hand, false);
});
