import assert from "node:assert/strict";
import { test } from "node:test";

import {
  heightStep,
  limitForShownHeight,
  sendLimits,
  VIDEO_PEOPLE,
} from "../../../../static/js/call/webrtc/send-limits.js";

const UPLINK = 1_500_000;

test("all senders together stay within the uplink", () => {
  for (let others = 1; others <= 7; others += 1) {
    for (const sharing of [false, true]) {
      const { audio, camera, screen } = sendLimits(others, { sharing });
      const video = (camera.active ? camera.maxBitrate : 0) + (sharing ? screen.maxBitrate : 0);
      assert.ok((audio.maxBitrate + video) * others <= UPLINK * 1.1, `${others} ${sharing}`);
    }
  }
});

test("full video to four people, small to six, sound only above", () => {
  const heights = [1, 2, 3, 4, 5].map((others) => sendLimits(others).camera.maxHeight);
  assert.deepEqual(heights, [720, 480, 360, 180, 180]);
  assert.deepEqual(
    [5, 6, 7].map((others) => sendLimits(others).camera.active),
    [true, false, false],
  );
  assert.equal(sendLimits(5).camera.maxFramerate, 15);
  assert.equal(VIDEO_PEOPLE, 6);
});

test("more people never means more for each, and audio is never touched", () => {
  for (const sharing of [false, true]) {
    for (let others = 1; others < 7; others += 1) {
      const [now, next] = [sendLimits(others, { sharing }), sendLimits(others + 1, { sharing })];
      assert.ok(next.camera.maxBitrate <= now.camera.maxBitrate);
      assert.ok(next.camera.maxHeight <= now.camera.maxHeight);
      assert.equal(next.audio.maxBitrate, 32_000);
    }
  }
});

test("a shared screen takes most of the video bitrate, and is sent to everybody", () => {
  for (let others = 1; others <= 7; others += 1) {
    const { camera, screen } = sendLimits(others, { sharing: true });
    assert.ok(screen.active && screen.maxBitrate > camera.maxBitrate, String(others));
    assert.ok(screen.maxHeight >= 720);
  }
});

test("a height is requested in steps, slightly below the height in pixels", () => {
  assert.deepEqual(
    [0, -5, NaN, 90, 180, 220, 400, 480, 900, 2_000].map(heightStep),
    [0, 0, 0, 180, 180, 180, 360, 720, 720, 720],
  );
});

test("nobody sends more than is shown, nor more than the limits", () => {
  for (let others = 1; others <= 7; others += 1) {
    const { camera } = sendLimits(others);
    assert.deepEqual(limitForShownHeight(camera, 720), camera);
    assert.equal(limitForShownHeight(camera, 0).active, false);
    for (const height of [1, 180, 360, 720]) {
      const shown = limitForShownHeight(camera, height);
      assert.equal(shown.active, camera.active);
      assert.ok(shown.maxHeight <= Math.min(camera.maxHeight, heightStep(height)));
      assert.ok(shown.maxBitrate <= camera.maxBitrate && shown.maxFramerate <= camera.maxFramerate);
    }
  }
});

test("the limits for one person are those for two", () => assert.deepEqual(sendLimits(0), sendLimits(1)));
