import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../fakes/clock.js";
import { joined, resume, welcome } from "../../fakes/meeting.js";
import { seat } from "../../fakes/seats.js";

/** @param {number} from @param {number} to */
function lines(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
}

/** @param {number} id */
function line(id) {
  return { id, seat: "a", nickname: "a", text: `${id}`, to: null, to_nickname: null, sent_at: id, ref: `r${id}` };
}

test("when more lines were written while I was away than a snapshot holds, pages of them are requested until none is missing", async () => {
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

test("nothing is requested when the snapshot reaches the known lines, and a busy server is asked again", async () => {
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
