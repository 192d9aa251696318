/** Booths: how long one waits, who waits in which order, and what one hears of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold } from "../../../web/static/js/state/lounge.js";
import {
  callOf,
  estimate,
  feeds,
  queueOf,
  roomOfCounter,
  roomOfShow,
  stallOf,
  visitorsOf,
  waitOf,
} from "../../../web/static/js/state/booths.js";

const NOON = 1_600_000_200;
const ticket = (person, number, more = {}) => ({
  booth: "kernbach",
  person,
  number,
  takenAt: NOON,
  topic: "",
  invited: false,
  calledBy: null,
  calledUntil: null,
  counter: "",
  missed: 0,
  ...more,
});
const counter = (seats, more = {}) => ({
  id: "c1",
  booth: "kernbach",
  reps: ["ruth"],
  seats,
  since: NOON,
  came: [],
  private: false,
  endsAt: null,
  asking: {},
  handing: null,
  called: {},
  ...more,
});
const stall = (more = {}) => ({
  ...stallOf({ booths: {} }, "kernbach"),
  ...more,
});
const lounge = (more = {}) => ({
  type: "lounge",
  booths: {
    booths: {},
    tickets: {},
    counter: null,
    doors: {},
    desk: null,
    willing: false,
    tell: [],
    chats: {},
    ...more,
  },
});
const desk = (tickets = {}) => ({ booth: "kernbach", tickets, counters: {}, proposed: [] });

test("the wait is the rest of a talk and those before one, as the house counts it", () => {
  assert.equal(estimate(stall(), 0, NOON), null);
  assert.equal(estimate(stall({ frees: [0] }), 0, NOON), 0);
  assert.equal(estimate(stall({ frees: [NOON + 100], pace: 360 }), 1, NOON), 460);
  assert.equal(estimate(stall({ frees: [0, NOON + 100], pace: 360 }), 1, NOON), 100);
  assert.equal(estimate(stall({ frees: [NOON - 50] }), 0, NOON), 60);
});

test("one's place is where one's number stands in the row", () => {
  const { booths } = lounge({
    booths: { kernbach: stall({ queue: [3, 1, 2], frees: [0], pace: 300 }) },
    tickets: { kernbach: ticket("elif", 1) },
  });

  assert.deepEqual(waitOf(booths, "kernbach", NOON), { ahead: 1, seconds: 300 });
  assert.equal(waitOf(booths, "auwald", NOON), null);
});

test("a number that the row does not show yet is the last one", () => {
  const { booths } = lounge({
    booths: { kernbach: stall({ queue: [1, 2] }) },
    tickets: { kernbach: ticket("elif", 3) },
  });

  assert.deepEqual(waitOf(booths, "kernbach", NOON), { ahead: 2, seconds: null });
});

test("those of the booth see the row in the order of turns", () => {
  const known = desk({
    elif: ticket("elif", 1),
    jonas: ticket("jonas", 2),
    nele: ticket("nele", 4),
    tom: ticket("tom", 3),
  });

  assert.deepEqual(
    queueOf(known, stall({ queue: [2, 1] })).map(({ person }) => person),
    ["jonas", "elif", "tom", "nele"],
  );
});

test("a call is one's own to answer, and a missed one is over", () => {
  const waits = lounge({ tickets: { kernbach: ticket("elif", 1) } });
  const call = ticket("elif", 1, { calledBy: "ruth", calledUntil: NOON + 120 });
  const called = fold(waits, { type: "booth.called", ticket: call }, "elif");
  const missed = fold(called, { type: "booth.missed", booth: "kernbach", person: "elif" }, "elif");

  assert.equal(callOf(called.booths)?.calledUntil, NOON + 120);
  assert.equal(callOf(missed.booths), null);
  assert.equal(missed.booths.tickets.kernbach.missed, 1);
});

test("whoever sits at a counter has it, and has not when they sit there no longer", () => {
  const shown = lounge();
  const both = { type: "counter.changed", counter: counter({ ruth: 1, elif: 2 }) };
  const sits = fold(shown, both, "elif");
  const left = fold(sits, { ...both, counter: counter({ ruth: 1 }) }, "elif");

  assert.deepEqual(visitorsOf(sits.booths.counter), ["elif"]);
  assert.deepEqual(feeds(sits.booths.counter), { "seat-1": "ruth", "seat-2": "elif" });
  assert.equal(left.booths.counter, null);
});

test("who asks, or is to take over, stands at the door; those of the booth see all", () => {
  const asked = counter({ ruth: 1 }, { asking: { elif: NOON }, handing: { by: "ruth", to: "kai" } });
  const told = { type: "counter.changed", counter: asked };

  assert.deepEqual(Object.keys(fold(lounge(), told, "elif").booths.doors), ["c1"]);
  const kai = fold(lounge({ desk: desk() }), told, "kai").booths;
  assert.deepEqual(Object.keys(kai.doors), ["c1"]);
  assert.deepEqual(Object.keys(kai.desk.counters), ["c1"]);
  const over = fold({ type: "lounge", booths: kai }, { type: "counter.closed", counter: "c1" }, "kai");
  assert.deepEqual([over.booths.doors, over.booths.desk.counters], [{}, {}]);
});

test("the chat of a booth is kept while one looks at it", () => {
  const line = { id: "l1", by: "elif", text: "Which valve?", at: NOON };
  const said = { type: "booth.said", booth: "kernbach", line };
  const elsewhere = fold(lounge(), said, "elif");
  const looks = fold(
    lounge(),
    { type: "booth.watched", booth: "kernbach", person: "elif", until: NOON + 90, lines: [] },
    "elif",
  );

  assert.deepEqual(elsewhere.booths.chats, {});
  assert.deepEqual(fold(looks, said, "elif").booths.chats.kernbach, [line]);
});

test("rooms have the names that the house gives them", () => {
  assert.equal(roomOfCounter("c1"), "counter-c1");
  assert.equal(roomOfShow("kernbach"), "show-kernbach");
});
