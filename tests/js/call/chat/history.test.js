// @ts-check
// Pages of earlier chat are limited in bytes as well as in lines: whether there is more, the server says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ChatHistory } from "../../../../static/js/call/chat/history.js";

/** @param {number} id */
function line(id) {
  return { id, seat: "a", nickname: "a", text: "x", to: null, to_nickname: null, sent_at: id, ref: `r${id}` };
}

function parts() {
  /** @type {number[]} */
  const asked = [];
  const socket = { request: async (/** @type {{before: number}} */ { before }) => void asked.push(before) };
  const store = { state: { chat: [] } };
  const clock = { after: () => () => {} };
  const history = new ChatHistory(/** @type {any} */ ({ store, socket, clock }));
  history.snapshotArriving();
  return { asked, history };
}

test("a short page with lines before it is followed by a request for them", () => {
  const { asked, history } = parts();
  history.received([line(8), line(9)], true);
  history.received([line(6), line(7)], true);
  history.received([line(5)], false);
  assert.deepEqual(asked, [8, 6]);
});

test("a full page with nothing before it is the last one", () => {
  const { asked, history } = parts();
  history.received(
    Array.from({ length: 200 }, (_, index) => line(index + 1)),
    false,
  );
  assert.deepEqual(asked, []);
});

test("a server of the previous release does not say: its full pages are followed, its short ones are not", () => {
  const { asked, history } = parts();
  history.received(Array.from({ length: 200 }, (_, index) => line(index + 201)));
  history.received([line(200)]);
  assert.deepEqual(asked, [201]);
});
