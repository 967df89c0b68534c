import assert from "node:assert/strict";
import { test } from "node:test";

import { DtlsRole } from "../../../../static/js/call/webrtc/dtls-role.js";

/** @param {string} role */
const answer = (role) => `v=0\r\nm=audio 9\r\na=setup:${role}\r\nm=video 9\r\na=setup:${role}\r\n`;

test("a side whose first answer was active stays the server in later answers", () => {
  const role = new DtlsRole();
  role.answered(answer("active"));
  assert.equal(role.keep(answer("active")), answer("passive"));
  assert.equal(role.keep(answer("passive")), answer("passive"));
});

test("the side that answered first keeps its role", () => {
  const role = new DtlsRole();
  assert.equal(role.keep(answer("active")), answer("active"));
  role.answered(answer("active"));
  assert.equal(role.keep(answer("active")), answer("active"));
});

test("a description without a role stays as it is", () => {
  assert.equal(new DtlsRole().keep("v=0\r\n"), "v=0\r\n");
});
