import assert from "node:assert/strict";
import { test } from "node:test";

import {
  driftNow,
  expected,
  extension,
  lateness,
  nextStep,
  pausing,
  rows,
  shift,
  startOf,
  swapping,
  undoing,
} from "../../../web/static/js/desk/rundown.js";

/** One stage at 1,000 s: `jonas` runs until 1,300, then a gap, `lukas`, `pause`, `elif`. */
const item = (title, startsAt, seconds, more = {}) => ({
  title,
  kind: "pitch.talent",
  people: [title.toLowerCase()],
  startsAt,
  seconds,
  anchor: null,
  fixed: false,
  starts: true,
  ends: false,
  grace: 0,
  about: "",
  ...more,
});
const live = {
  id: "jonas",
  startedAt: 900,
  endsAt: 1300,
  seconds: 400,
  pausedAt: null,
  lost: 0,
};
const stage = {
  id: "gross",
  name: "Große Bühne",
  held: false,
  live,
  waiting: ["lukas", "elif"],
  past: [
    { id: "mira", startedAt: 500, endedAt: 880, how: "done" },
    { id: "jonas", startedAt: 880, endedAt: 890, how: "deferred" },
  ],
  drift: 60,
  note: null,
};
const agenda = {
  type: "agenda.shown",
  now: 1000,
  number: 7,
  last: null,
  stages: [stage],
  late: {},
  times: { jonas: [900, 1300], lukas: [1360, 1660], elif: [1660, 1960] },
  items: {
    mira: item("Mira", 500, 300),
    jonas: item("Jonas", 840, 400),
    lukas: item("Lukas", 1300, 300),
    elif: item("Elif", 1600, 300, { fixed: true, starts: false }),
  },
};

test("what is over, on air and waiting stands in the order it is lived", () => {
  assert.deepEqual(
    rows(agenda, stage, 1000).map((row) => [row.id, row.state, row.startsAt, lateness(row)]),
    [
      ["mira", "done", 500, 0],
      ["jonas", "live", 900, 60],
      ["lukas", "waiting", 1360, 60],
      ["elif", "waiting", 1660, 60],
    ],
  );
});

test("an overrun first eats the gap and then pushes what follows", () => {
  const times = expected(agenda, stage, 1400);
  assert.deepEqual(times.get("jonas"), { startsAt: 900, endsAt: 1400 });
  assert.deepEqual(times.get("lukas"), { startsAt: 1400, endsAt: 1700 });
  assert.deepEqual(times.get("elif"), { startsAt: 1700, endsAt: 2000 });
});

test("until its time is up nothing drifts, then every second counts", () => {
  assert.equal(driftNow(agenda, stage, 1299), 60);
  assert.equal(driftNow(agenda, stage, 1350), 110);
});

test("while the clock stands still the drift grows from the last picture on", () => {
  const paused = { ...stage, live: { ...live, pausedAt: 990 } };
  assert.equal(driftNow(agenda, paused, 1000), 60);
  assert.equal(driftNow(agenda, paused, 1030), 90);
});

test("with nothing on stage the drift grows once the next one is late", () => {
  const empty = { ...stage, live: null };
  assert.equal(driftNow(agenda, empty, 1360), 60);
  assert.equal(driftNow(agenda, empty, 1400), 100);
});

test("the big button starts the next one and carries what it replaces", () => {
  assert.deepEqual(nextStep(agenda, stage), {
    what: "start",
    item: "lukas",
    command: { type: "agenda.start", stage: "gross", item: "lukas", after: "jonas" },
  });
});

test("with nothing left the big button ends what runs, and then there is none", () => {
  const last = { ...stage, waiting: [] };
  assert.deepEqual(nextStep(agenda, last), {
    what: "finish",
    item: "jonas",
    command: { type: "agenda.finish", stage: "gross", item: "jonas" },
  });
  assert.equal(nextStep(agenda, { ...last, live: null }), null);
});

test("a jump may begin anything that waits, with nothing on stage too", () => {
  assert.deepEqual(startOf({ ...stage, live: null }, "elif"), {
    type: "agenda.start",
    stage: "gross",
    item: "elif",
    after: null,
  });
});

test("a minute less is an extension backwards; with nothing on stage there is none", () => {
  assert.deepEqual(extension(stage, -1), {
    type: "agenda.extend",
    stage: "gross",
    item: "jonas",
    seconds: -60,
  });
  assert.equal(extension({ ...stage, live: null }, 1), null);
});

test("pausing stops the clock, holds an empty stage, and lets both go on", () => {
  const pause = (over) => pausing({ ...stage, ...over });
  const command = (type, item) => ({ type, stage: "gross", item });
  assert.deepEqual(pause({}), { halted: false, command: command("agenda.pause", "jonas") });
  assert.deepEqual(pause({ live: { ...live, pausedAt: 990 } }), {
    halted: true,
    command: command("agenda.resume", "jonas"),
  });
  assert.deepEqual(pause({ live: null }), {
    halted: false,
    command: command("agenda.pause", null),
  });
  assert.deepEqual(pause({ live: null, held: true }), {
    halted: true,
    command: command("agenda.resume", null),
  });
});

test("swapping sends who is on back behind the next one, else swaps the first two", () => {
  const command = (first, second) => ({ type: "agenda.swap", stage: "gross", first, second });
  assert.deepEqual(swapping(stage)?.command, command("jonas", "lukas"));
  assert.deepEqual(swapping({ ...stage, live: null })?.command, command("lukas", "elif"));
  assert.equal(swapping({ ...stage, waiting: [] }), null);
});

test("an item moves one place, and not beyond the ends", () => {
  assert.deepEqual(shift(stage, "elif", -1), {
    type: "agenda.move",
    stage: "gross",
    item: "elif",
    to: 0,
  });
  assert.equal(shift(stage, "elif", 1), null);
  assert.equal(shift(stage, "lukas", -1), null);
});

test("an undo names the deed it means", () => {
  const last = { number: 7, at: 990, by: "ada", deed: "agenda.extend", stage: "gross", item: null };
  assert.deepEqual(undoing({ ...agenda, last }), { type: "agenda.undo", last: 7 });
  assert.equal(undoing(agenda), null);
});
