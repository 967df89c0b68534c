import assert from "node:assert/strict";
import { test } from "node:test";

import { keepPlaying } from "../../../../static/js/ui/kit/playback.js";

class Page extends EventTarget {
  hidden = false;

  /** @param {boolean} hidden */
  setHidden(hidden) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** @param {{paused: boolean, stream?: boolean}} options */
function element({ paused, stream = true }) {
  return /** @type {HTMLMediaElement} */ (/** @type {unknown} */ ({ paused, srcObject: stream ? {} : null }));
}

/** @param {HTMLMediaElement[]} elements */
function watched(elements) {
  const page = new Page();
  /** @type {(() => void)[]} */
  const later = [];
  /** @type {HTMLMediaElement[]} */
  const played = [];
  keepPlaying(
    () => elements,
    (one) => played.push(one),
    { page, after: (run) => later.push(run) },
  );
  return { page, later, played };
}

test("what was stopped in the background plays again when the page is shown", () => {
  const [stopped, playing, empty] = [
    element({ paused: true }),
    element({ paused: false }),
    element({ paused: true, stream: false }),
  ];
  const { page, played } = watched([stopped, playing, empty]);
  page.setHidden(true);
  assert.deepEqual(played, []);
  page.setHidden(false);
  assert.deepEqual(played, [stopped]);
});

test("what stops again just after is started once more", () => {
  const stopped = element({ paused: true });
  const { page, later, played } = watched([stopped]);
  page.setHidden(false);
  for (const run of later) run();
  assert.deepEqual(played, [stopped, stopped]);
});

test("nothing is started in a page that is hidden again", () => {
  const { page, later, played } = watched([element({ paused: true })]);
  page.setHidden(false);
  page.setHidden(true);
  played.length = 0;
  for (const run of later) run();
  assert.deepEqual(played, []);
});
