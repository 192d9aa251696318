/** What stands where on the stage, and what does not move under a hand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { figure } from "../../../web/static/js/parts/person.js";
import { arrange } from "../../../web/static/js/stage/arrange.js";
import { call } from "../../../web/static/js/stage/calls.js";
import { held, unseen } from "../../../web/static/js/stage/order.js";
import { goesToStage, standing } from "../../../web/static/js/state/questions.js";
import { seats } from "../../../web/static/js/foyer/seating.js";

const FLOOR = { live: null, upcoming: [], seats: {}, screen: null, invited: [] };
const seat = (person) => ({ person, since: 0 });
const SPEAKER = { feed: "speaker", person: "elif" };
const MODERATOR = { feed: "moderator", person: "jo" };
const SCREEN = { feed: "screen", person: "elif" };

test("the speaker stands large, the moderator small", () => {
  const floor = { ...FLOOR, seats: { speaker: seat("elif"), moderator: seat("jo") } };
  assert.deepEqual(arrange(floor, new Set(["speaker"])), { main: SPEAKER, small: [MODERATOR] });
});

test("a shared screen takes the large place as soon as it arrives, and may be swapped", () => {
  const floor = {
    ...FLOOR,
    seats: { speaker: seat("elif"), moderator: seat("jo") },
    screen: "elif",
  };
  const arriving = new Set(["speaker"]);
  const there = new Set(["speaker", "screen"]);
  assert.deepEqual(arrange(floor, arriving).main, SPEAKER);
  assert.deepEqual(arrange(floor, there), { main: SCREEN, small: [SPEAKER, MODERATOR] });
  assert.deepEqual(arrange(floor, there, true), { main: SPEAKER, small: [SCREEN, MODERATOR] });
});

test("an empty stage has no picture", () => {
  assert.deepEqual(arrange(FLOOR, new Set(["speaker"])), { main: null, small: [] });
});

test("the stage calls those it waits for, and nobody who is on it", () => {
  const slot = (...people) => ({ item: "a", title: "", kind: "talk", people });
  const floor = {
    ...FLOOR,
    live: slot("elif"),
    upcoming: [slot("jo"), slot("ada")],
    invited: ["max"],
  };
  assert.deepEqual(
    ["elif", "jo", "ada", "max"].map((who) => call(floor, who)),
    ["on", "next", null, "invited"],
  );
  assert.equal(call({ ...floor, seats: { speaker: seat("elif") } }, "elif"), null);
});

test("the question on air stands first, then the voices decide, then age", () => {
  const question = (id, votes, at, state = "open") => ({ id, votes, at, state });
  const list = [
    question("a", 2, 1),
    question("b", 5, 2),
    question("c", 1, 3, "air"),
    question("d", 2, 0),
    question("e", 9, 9, "answered"),
  ];
  assert.deepEqual(
    standing(list).map(({ id }) => id),
    ["c", "b", "d", "a"],
  );
});

test("a list that is held neither moves nor grows", () => {
  assert.deepEqual(held(["a", "b", "c"], ["d", "c", "a"]), ["a", "c"]);
  assert.equal(unseen(["a", "b"], ["d", "b", "a", "e"]), 2);
});

test("a figure follows from the id by the same sum as in web/faces.py", () => {
  // 1 * 97 + 2 * 98 = 293
  assert.deepEqual(figure("ab"), { tone: 5, room: 0, bust: 0 });
});

test("the seating plan fills from the middle of the front row", () => {
  const taken = seats(2, 1).filter(({ kind }) => kind !== "free");
  assert.deepEqual(
    taken.map(({ kind }) => kind),
    ["hall", "hall", "home"],
  );
  assert.equal(seats(0, 0).length, 88);
  assert.equal(
    seats(500, 500).every(({ kind }) => kind !== "free"),
    true,
  );
});

test("a question goes to whoever is on stage, through the pitch and its questions", () => {
  const agenda = {
    items: {
      hand: { people: ["jonas"] },
      "hand-questions": { people: ["jonas"] },
      blood: { people: ["elif"] },
      break: { people: [] },
    },
  };
  const asked = (item, state = "open") => ({ item, state });

  assert.equal(goesToStage(agenda, "hand-questions")(asked("hand")), true);
  assert.equal(goesToStage(agenda, "blood")(asked("hand")), false);
  assert.equal(goesToStage(agenda, "blood")(asked("hand", "air")), true);
  assert.equal(goesToStage(agenda, "blood")(asked(null)), true);
  assert.equal(goesToStage(agenda, "break")(asked("blood")), false);
  assert.equal(goesToStage(agenda, null)(asked("hand")), true);
});
