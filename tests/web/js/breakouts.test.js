/** One's own talks: how they change, which one is on, what the clock says. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fold,
  goesOver,
  present,
  reading,
  warning,
} from "../../../web/static/js/state/breakouts.js";

/** @param {object} [changed] @returns {any} */
const talk = (changed) => ({
  id: "b1",
  kind: "round",
  people: ["elif", "carla"],
  item: "round-1",
  opensAt: 1000,
  endsAt: 1520,
  closesAt: 1540,
  pausedAt: null,
  phase: "open",
  entered: {},
  came: [],
  missing: [],
  givenUp: false,
  wantsMore: [],
  extended: 0,
  direct: [],
  via: "pair",
  places: {},
  ...changed,
});

/** @param {any} known @param {any[]} events */
const after = (known, ...events) => {
  const shown = /** @type {any} */ ({ breakouts: { [known.id]: known } });
  const folded = events.reduce((now, event) => fold(now, { breakout: known.id, ...event }), shown);
  return folded.breakouts[known.id];
};

test("a talk opens, and others' talks are not known", () => {
  const empty = /** @type {any} */ ({ breakouts: {} });
  assert.deepEqual(fold(empty, { type: "breakout.opened", breakout: talk() }).breakouts, {
    b1: talk(),
  });
  assert.equal(fold(empty, { type: "breakout.left", breakout: "b9", person: "elif" }), empty);
});

test("whoever comes is missing no more, and a talk given up is taken up again", () => {
  const waited = talk({ missing: ["carla"], givenUp: true, entered: { elif: 1001 } });
  const now = after(waited, { type: "breakout.entered", person: "carla", at: 1045 });
  assert.deepEqual(now.entered, { elif: 1001, carla: 1045 });
  assert.deepEqual([now.missing, now.givenUp, now.came], [[], false, ["carla"]]);
});

test("more time given takes the wishes with it; a round that moves does not", () => {
  const wanted = talk({ wantsMore: ["elif", "carla"] });
  const moved = { type: "breakout.retimed", endsAt: 1640, closesAt: 1660, pausedAt: null };
  assert.deepEqual(after(wanted, { ...moved, extended: 1 }).wantsMore, []);
  assert.deepEqual(after(wanted, { ...moved, extended: 0 }).wantsMore, ["elif", "carla"]);
});

test("who leaves wants no more", () => {
  const now = after(
    talk({ entered: { elif: 1, carla: 2 } }),
    { type: "breakout.wanted-more", person: "elif", on: true },
    { type: "breakout.left", person: "elif" },
  );
  assert.deepEqual([now.entered, now.wantsMore], [{ carla: 2 }, []]);
});

test("when it is over nobody is in it", () => {
  const now = after(
    talk({ entered: { elif: 1, carla: 2 } }),
    { type: "breakout.farewell", closesAt: 1540 },
    { type: "breakout.closed", at: 1541 },
  );
  assert.deepEqual([now.phase, now.closesAt, now.entered], ["over", 1541, {}]);
});

test("one stays where one talks, whatever else opens", () => {
  const here = talk({ entered: { elif: 1, carla: 2 } });
  const later = talk({ id: "b2", opensAt: 1100 });
  assert.equal(present({ b1: here, b2: later }, "elif", "b1"), here);
});

test("one who waits in vain is shown the talk that opened instead", () => {
  const alone = talk({ entered: { elif: 1 }, came: ["elif"], givenUp: true });
  const other = talk({ id: "b2", opensAt: 1041, people: ["elif", "ada"] });
  assert.equal(present({ b1: alone, b2: other }, "elif", "b1"), other);
  assert.equal(goesOver(alone, other, "elif"), true);
  assert.equal(goesOver(alone, talk({ id: "b3", item: "round-2" }), "elif"), false);
  assert.equal(goesOver(talk(), other, "elif"), false);
});

test("the card of the last talk stays", () => {
  const first = talk({ phase: "over", closesAt: 1540 });
  const last = talk({ id: "b2", phase: "over", closesAt: 2540 });
  assert.equal(present({ b1: first, b2: last }, "elif"), last);
  assert.equal(present({}, "elif"), null);
});

test("the clock runs to the farewell, then to the end, and stands while it is paused", () => {
  assert.deepEqual(reading(talk(), 1260), {
    state: "calm",
    farewell: false,
    seconds: 260,
    fraction: 0.5,
  });
  assert.equal(reading(talk(), 1462).state, "soon");
  assert.deepEqual(reading(talk({ phase: "farewell" }), 1530), {
    state: "soon",
    farewell: true,
    seconds: 10,
    fraction: 0.5,
  });
  assert.equal(reading(talk({ pausedAt: 1400 }), 1499).seconds, 120);
});

test("each warning is given once, and none during the farewell", () => {
  const at = (/** @type {number} */ now, /** @type {object} */ changed = {}) =>
    reading(talk(changed), now);
  assert.equal(warning(at(1459), at(1461)), 60);
  assert.equal(warning(at(1461), at(1462)), 0);
  assert.equal(warning(at(1504), at(1506)), 15);
  assert.equal(warning(at(1450), at(1510)), 15);
  const bye = { phase: "farewell" };
  assert.equal(warning(at(1524, bye), at(1526, bye)), 0);
});
