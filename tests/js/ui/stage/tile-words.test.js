/** What a person's tile says of the connection. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { description, statusOf } from "../../../../static/js/ui/stage/tile-words.js";
import { seat } from "../../fakes/seats.js";

/** @type {import("../../../../static/js/ui/stage/tile-state.js").TileState} */
const WELL = {
  self: false,
  mic: true,
  cam: true,
  paused: false,
  mirrored: false,
  hand: false,
  silenced: false,
  peer: "connected",
  limited: false,
  quality: "good",
};
const GRACE = seat("g", { nickname: "Grace" });

test("a connected tile says nothing of the connection, unless it is weak", () => {
  assert.equal(description(GRACE, WELL), "Grace");
  assert.equal(description(GRACE, { ...WELL, quality: "weak" }), "Grace, Weak connection");
  assert.equal(description(GRACE, { ...WELL, limited: true }), "Grace");
});

test("a tile that is not connected says why, and nothing of the quality", () => {
  const trouble = /** @type {const} */ ({ ...WELL, peer: "trouble", quality: "poor" });
  assert.equal(description(GRACE, trouble), "Grace, Trouble connecting…");
  assert.equal(statusOf(GRACE, { ...trouble, limited: true }), "Their browser sends too much");
  assert.equal(statusOf({ ...GRACE, away: true }, { ...trouble, limited: true }), "Reconnecting…");
});

test("my own tile never speaks of a connection", () => {
  assert.equal(statusOf({ ...GRACE, away: true }, { ...WELL, self: true, peer: null }), "");
});
