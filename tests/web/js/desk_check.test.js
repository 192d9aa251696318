import assert from "node:assert/strict";
import { test } from "node:test";

import {
  browserName,
  cameraVerdict,
  microphoneVerdict,
  pathWords,
  summary,
} from "../../../web/static/js/green/verdicts.js";
import { isVoice, levelOf } from "../../../web/static/js/media/level.js";

test("a camera is fine, too small, forbidden, missing or not tried", () => {
  const verdict = (camera, cameraFault, lines) => cameraVerdict({ camera, cameraFault }, lines);
  assert.deepEqual(
    [
      verdict("on", null, 720),
      verdict("on", null, 120),
      verdict("lost", "denied", 0),
      verdict("lost", null, 0),
      verdict("asking", null, 0),
    ],
    ["ok", "poor", "denied", "missing", "untested"],
  );
});

test("a microphone that is open but never hears a voice is poor", () => {
  const verdict = (microphone, microphoneFault, heard) =>
    microphoneVerdict({ microphone, microphoneFault }, heard);
  assert.deepEqual(
    [
      verdict("on", null, true),
      verdict("on", null, false),
      verdict("on", null, null),
      verdict("lost", "denied", false),
      verdict("muted", null, true),
    ],
    ["ok", "poor", "untested", "denied", "untested"],
  );
});

test("the summary names the worst, then what is still to be tried", () => {
  const all = { camera: "ok", microphone: "ok", speaker: "ok", path: "direct" };
  assert.equal(summary(all), "All is well. You can come to the stage as you are.");
  assert.equal(summary({ ...all, speaker: "untested" }), "So far all is well.");
  assert.equal(summary({ ...all, camera: "denied" }), "Your camera needs attention.");
  assert.equal(summary({ ...all, camera: "denied", path: "none" }), "Your network needs attention.");
});

test("a relay is good enough, a wall is not", () => {
  assert.deepEqual(
    ["direct", "relayed", "none", "trying", "untested"].map((path) => pathWords(path).is),
    ["yes", "yes", "no", "wait", "wait"],
  );
});

test("a browser is told by its first known name", () => {
  assert.equal(browserName("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/153.0"), "Firefox 153");
  assert.equal(
    browserName("Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1"),
    "Edge 156",
  );
  assert.equal(browserName("Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36"), "Chrome 156");
  assert.equal(browserName("curl/8"), "");
});

test("silence is nothing, a voice is heard, and the loudest is one", () => {
  const wave = (height) => Array.from({ length: 200 }, (_, at) => (at % 2 ? height : -height));
  assert.equal(levelOf(wave(0)), 0);
  assert.equal(levelOf(wave(1)), 1);
  assert.deepEqual([isVoice(levelOf(wave(0.001))), isVoice(levelOf(wave(0.05)))], [false, true]);
});
