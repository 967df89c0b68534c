import assert from "node:assert/strict";
import { test } from "node:test";
import { Coalescer } from "../../../../static/js/ui/kit/coalescer.js";
import { FakeClock } from "../../fakes/clock.js";

/** @param {{burst: number, interval: number}} limits */
function setUp(limits) {
  const clock = new FakeClock();
  /** @type {{items: string[], count: number}[]} */
  const passed = [];
  /** @type {Coalescer<string>} */
  const coalescer = new Coalescer(clock, limits, (items, count) => passed.push({ items, count }));
  return { clock, passed, coalescer };
}

test("single items pass at once", async () => {
  const { clock, passed, coalescer } = setUp({ burst: 1, interval: 2_000 });
  for (const item of ["one", "two"]) {
    coalescer.add([item]);
    assert.deepEqual(passed.at(-1), { items: [item], count: 1 });
    await clock.advance(2_000);
  }
  assert.equal(passed.length, 2);
});

test("of a flood one call passes in each interval, and every item is counted", async () => {
  const { clock, passed, coalescer } = setUp({ burst: 1, interval: 2_000 });
  for (let line = 0; line < 450; line += 1) {
    coalescer.add([`line ${line}`]);
    await clock.advance(1_000 / 45);
  }
  await clock.advance(4_000);
  assert.ok(passed.length <= 7, `${passed.length} calls in ten seconds`);
  assert.equal(
    passed.reduce((sum, { count }) => sum + count, 0),
    450,
  );
  assert.equal(passed.at(-1)?.items.at(-1), "line 449");
});

test("what waits is bounded, the latest are kept and the rest is counted", async () => {
  const { clock, passed, coalescer } = setUp({ burst: 1, interval: 60_000 });
  coalescer.add(["first"]);
  for (let line = 0; line < 5_000; line += 1) coalescer.add([`line ${line}`]);
  await clock.advance(60_000);
  assert.equal(passed[1]?.items.length, 100);
  assert.equal(passed[1]?.items.at(-1), "line 4999");
  assert.equal(passed[1]?.count, 5_000);
});

test("a burst passes item by item", () => {
  const { passed, coalescer } = setUp({ burst: 12, interval: 1_000 });
  for (let person = 0; person < 20; person += 1) coalescer.add([`${person} joined`]);
  assert.equal(passed.length, 12);
});

test("what waits can be dropped, and the limit still holds", async () => {
  const { clock, passed, coalescer } = setUp({ burst: 1, interval: 2_000 });
  coalescer.add(["one"]);
  coalescer.add(["two"]);
  coalescer.clear();
  coalescer.add(["three"]);
  assert.equal(passed.length, 1);
  await clock.advance(2_000);
  assert.deepEqual(passed[1], { items: ["three"], count: 1 });
});
