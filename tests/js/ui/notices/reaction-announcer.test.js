import assert from "node:assert/strict";
import { test } from "node:test";

import { ReactionAnnouncer } from "../../../../static/js/ui/notices/reaction-announcer.js";
import { FakeClock } from "../../fakes/clock.js";

function setUp() {
  const clock = new FakeClock();
  /** @type {string[]} */
  const said = [];
  return { clock, said, announcer: new ReactionAnnouncer(clock, (words) => said.push(words)) };
}

test("one reaction is told after a moment", async () => {
  const { clock, said, announcer } = setUp();
  announcer.add("Ada", "Thumbs up");
  await clock.advance(2_000);
  assert.deepEqual(said, ["Ada reacted: Thumbs up"]);
});

test("applause of several people is one sentence, and whoever goes on applauding is one of them", async () => {
  const { clock, said, announcer } = setUp();
  for (const name of ["Ada", "Grace", "Ada", "Linus", "Grace"]) announcer.add(name, "Applause");
  await clock.advance(2_000);
  assert.deepEqual(said, ["Ada and 2 others reacted: Applause"]);
});

test("different reactions are told together", async () => {
  const { clock, said, announcer } = setUp();
  announcer.add("Ada", "Heart");
  announcer.add("Grace", "Applause");
  announcer.add("Linus", "Heart");
  await clock.advance(2_000);
  assert.deepEqual(said, ["Ada and 1 other reacted: Heart. Grace reacted: Applause"]);
});

test("a stream of reactions is told every six seconds, and nothing of it is lost", async () => {
  const { clock, said, announcer } = setUp();
  for (let second = 0; second < 60; second += 1) {
    announcer.add(`Person ${second}`, "Party");
    await clock.advance(1_000);
  }
  assert.ok(said.length <= 11, `${said.length} sentences in a minute`);
  await clock.advance(10_000);
  const told = said.map((words) => 1 + Number(/and (\d+) other/.exec(words)?.[1] ?? 0));
  assert.equal(
    told.reduce((sum, count) => sum + count, 0),
    60,
  );
});
