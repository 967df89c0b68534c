import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { BySeat, TokenBucket } from "../../static/js/token-bucket.js";
import { FakeClock } from "./fakes/clock.js";

test("a bucket gives no more than its burst and what was refilled, and a refused amount takes nothing", () => {
  const steps = fc.array(
    fc.record({ ms: fc.integer({ min: -500, max: 3_000 }), amount: fc.integer({ min: 1, max: 8 }) }),
  );
  fc.assert(
    fc.property(steps, (all) => {
      const clock = new FakeClock();
      const bucket = new TokenBucket(clock, { burst: 10, perSecond: 2 });
      let forward = 0;
      let taken = 0;
      for (const { ms, amount } of all) {
        clock.sleep(ms);
        forward += Math.max(0, ms);
        if (bucket.take(amount)) taken += amount;
        assert.ok(taken <= 10 + (forward / 1_000) * 2 + 1e-6);
      }
    }),
  );
});

test("an emptied bucket says when it has a token again, and is full in the end", () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(clock, { burst: 4, perSecond: 0.5 });
  assert.equal(bucket.wait, 0);
  assert.ok(bucket.take(4));
  assert.equal(bucket.take(), false);
  assert.equal(bucket.wait, 2_000);
  clock.sleep(bucket.wait);
  assert.ok(bucket.take());
  clock.sleep(60_000);
  assert.equal(bucket.take(5), false);
  assert.ok(bucket.take(4));
});

test("values of seats are kept apart, and those of 64 seats at most", () => {
  let made = 0;
  const values = new BySeat(() => (made += 1));
  assert.equal(values.of("a"), values.of("a"));
  assert.notEqual(values.of("a"), values.of("b"));
  for (let seat = 0; seat < 63; seat += 1) values.of(`s${seat}`);
  const before = made;
  values.of("b");
  assert.equal(made, before, "of the last 64");
  values.of("a");
  assert.equal(made, before + 1, "forgotten");
});
