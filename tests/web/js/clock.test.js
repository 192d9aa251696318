/** The house's clock as the browser keeps it, and what it reads from it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { HouseClock } from "../../../web/static/js/clock.js";
import { moment } from "../../../web/static/js/parts/arch.js";
import { remaining, rung } from "../../../web/static/js/state/countdown.js";
import { drift, length, roughly, timeOfDay, useZone } from "../../../web/static/js/times.js";
import { fill, n, speak, t } from "../../../web/static/js/words.js";

const LIVE = { id: "a", startedAt: 1000, endsAt: 1300, seconds: 300, pausedAt: null, lost: 0 };

test("the quickest round trip sets the clock", () => {
  let local = 50;
  const clock = new HouseClock(
    () => local,
    () => 0,
  );
  clock.welcome(1000);
  assert.equal(clock.now(), 1000);
  local = 60.4;
  clock.pong(60, 1010.7); // half of 0.4 s to get there: 1010.7 is the house at 60.2
  assert.ok(Math.abs(clock.now() - 1010.9) < 1e-9);
  local = 72;
  clock.pong(70, 1030); // a slow answer says less
  assert.ok(Math.abs(clock.now() - 1022.5) < 1e-9);
});

test("a running item counts down, is soon over, and then counts up", () => {
  assert.deepEqual(remaining(LIVE, 1060, 1000), { state: "calm", seconds: 240, fraction: 0.8 });
  assert.equal(remaining(LIVE, 1240, 1000).state, "soon");
  assert.deepEqual(remaining(LIVE, 1342, 1000), { state: "over", seconds: -42, fraction: 0 });
});

test("a paused item stands where it was when the picture was drawn", () => {
  const paused = { ...LIVE, pausedAt: 1100 };
  assert.deepEqual(remaining(paused, 9999, 1150), { state: "paused", seconds: 150, fraction: 0.5 });
});

test("the bells ring at twenty minutes, ten, and one", () => {
  assert.deepEqual(
    [1201, 1200, 600, 60, -5].map((left) => rung(left, 0)),
    [0, 1, 2, 3, 3],
  );
});

test("a clock shows whole seconds, rounded up", () => {
  assert.deepEqual([0, 0.2, 59, 60, 228, 3729].map(length), [
    "0:00",
    "0:01",
    "0:59",
    "1:00",
    "3:48",
    "1:02:09",
  ]);
  assert.deepEqual([200, -40.7].map(drift), ["+3:20", "−0:40"]);
});

test("lengths in words are rough", () => {
  assert.deepEqual([20, 1080, 7200, 7500].map(roughly), ["1 min", "18 min", "2 h", "2 h 05 min"]);
});

test("times of day are those of the gathering, whatever the browser thinks", () => {
  useZone("Europe/Berlin");
  assert.equal(timeOfDay(Date.UTC(2020, 8, 24, 17, 24) / 1000), "19:24");
});

test("a screen reader hears each moment once", () => {
  const at = (seconds) => remaining(LIVE, 1300 - seconds, 1000);
  assert.equal(moment(at(61), at(60)), "One minute left.");
  assert.equal(moment(at(60), at(59)), "");
  assert.equal(moment(at(0), at(-1)), "The time is up.");
});

test("sentences are keys; what has no translation stays English", () => {
  speak("de", { "{n} person": "{n} Person", "{n} people": "{n} Personen" });
  assert.equal(n("{n} person", "{n} people", 2), "2 Personen");
  assert.equal(n("{n} person", "{n} people", 1), "1 Person");
  assert.equal(t("Hello {name}", { name: "Ada" }), "Hello Ada");
  assert.deepEqual(fill(t("It is {time}."), { time: 7 }), ["It is ", 7, "."]);
  speak("en", {});
});
