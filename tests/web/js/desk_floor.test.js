import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf } from "../../../web/static/js/desk/keys.js";
import { programme } from "../../../web/static/js/desk/programme.js";
import { nextQuestion, sorted } from "../../../web/static/js/desk/questions.js";
import { checkWords, notReady, places } from "../../../web/static/js/desk/seats.js";

const slot = (id, ...people) => ({ item: id, title: id, kind: "pitch.talent", people });
const floor = {
  live: slot("skin", "jonas"),
  upcoming: [slot("solder", "lukas"), slot("drop", "elif"), slot("store", "nele")],
  cuedAt: 0,
  seats: { speaker: { person: "jonas", since: 1 }, moderator: { person: "ada", since: 1 } },
  screen: "jonas",
  greenRoom: {
    elif: { since: 2, state: "nearly", agreed: false },
    lukas: { since: 3, state: "ready", agreed: false },
  },
  hands: {},
  invited: [],
  wrapUpAt: null,
  prompts: [],
  lights: { "jonas/camera": "live", "jonas/screen": "live", "lukas/camera": "live" },
};
const HERE = ["ada", "elif", "jonas", "lukas", "nele"];
const good = { camera: "ok", microphone: "ok", speaker: "ok", path: "direct", browser: "", at: 5 };

test("the seats come first, then who is next, then the rest of the green room", () => {
  const all = places(floor, { lukas: good }, HERE);
  assert.deepEqual(
    all.map(({ person, seat, next, is, ready, what }) => [person, seat, next, is, ready, what]),
    [
      ["jonas", "speaker", false, "yes", "on stage", "shows their screen"],
      ["ada", "moderator", false, "no", "no picture", "devices not checked"],
      ["lukas", null, true, "yes", "ready", "picture and sound checked"],
      ["elif", null, false, "wait", "nearly ready", "sends no picture and no sound yet"],
    ],
  );
});

test("somebody who comes next is listed before they are there", () => {
  const missing = { ...floor, greenRoom: {} };
  const lukas = (here) => places(missing, {}, here).find((each) => each.person === "lukas");
  assert.deepEqual([lukas([]).is, lukas([]).ready], ["off", "not here yet"]);
  assert.equal(lukas(["lukas"]).ready, "in the audience");
});

test("a picture that stands still is worse than any word", () => {
  const frozen = { ...floor, lights: { ...floor.lights, "lukas/camera": "frozen" } };
  assert.deepEqual(notReady(frozen, ["lukas"], HERE), [
    { person: "lukas", is: "no", ready: "picture stands still" },
  ]);
  assert.deepEqual(notReady(floor, ["lukas"], HERE), []);
});

test("a check is told by its worst finding", () => {
  assert.equal(checkWords(undefined), "devices not checked");
  assert.equal(checkWords(good), "picture and sound checked");
  assert.equal(checkWords({ ...good, path: "relayed" }), "picture and sound checked, over a relay");
  assert.equal(checkWords({ ...good, camera: "denied" }), "camera does not work");
  assert.equal(checkWords({ ...good, camera: "denied", microphone: "missing" }),
    "microphone does not work");
  assert.equal(checkWords({ ...good, path: "none", camera: "denied" }),
    "network lets no picture through");
});

test("whoever is gone from the room has lost the connection, on a seat or before", () => {
  const gone = ["ada"];
  assert.deepEqual(notReady(floor, ["jonas", "lukas"], gone), [
    { person: "jonas", is: "no", ready: "connection lost" },
    { person: "lukas", is: "no", ready: "connection lost" },
  ]);
});

test("a shared screen is large, then the speaker, and the others are small beside it", () => {
  const all = new Set(["screen", "speaker", "moderator"]);
  const jonas = { feed: "speaker", person: "jonas" };
  const ada = { feed: "moderator", person: "ada" };
  assert.deepEqual(programme(floor, all), {
    large: { feed: "screen", person: "jonas" },
    small: [jonas, ada],
  });
  const stopped = { ...floor, screen: null };
  assert.deepEqual(programme(stopped, all), { large: jonas, small: [ada] });
});

test("a speaker without a picture stays large, an empty seat gives way", () => {
  const stopped = { ...floor, screen: null };
  assert.deepEqual(programme(stopped, new Set(["moderator"])).large?.feed, "speaker");
  const { moderator } = floor.seats;
  const alone = { ...stopped, seats: { moderator } };
  assert.deepEqual(programme(alone, new Set()).large, { feed: "moderator", person: "ada" });
  const guest = { person: "mia", since: 1 };
  const pair = { ...stopped, seats: { moderator, guest } };
  assert.equal(programme(pair, new Set(["moderator"])).large?.feed, "moderator");
  assert.equal(programme(pair, new Set(["moderator", "guest"])).large?.feed, "guest");
  assert.deepEqual(programme({ ...stopped, seats: {} }, new Set()), { large: null, small: [] });
});

const question = (id, state, votes, at) => ({ id, state, votes, at });

test("the most wanted question is first, and of two the older one", () => {
  const all = [
    question("q1", "open", 2, 1),
    question("q2", "air", 9, 2),
    question("q3", "open", 5, 3),
    question("q4", "open", 2, 0),
    question("q5", "answered", 7, 4),
    question("q6", "merged", 0, 5),
  ];
  const { air, open, over } = sorted(all, () => true);
  assert.deepEqual([air.id, open.map((q) => q.id), over.map((q) => q.id)],
    ["q2", ["q3", "q4", "q1"], ["q5"]]);
  assert.deepEqual(nextQuestion(all, () => true), { type: "question.put-on-air", question: "q3" });
  assert.equal(nextQuestion([], () => true), null);
});

test("a question to somebody who has left the stage waits apart, and is not the next", () => {
  const all = [question("q1", "open", 9, 1), question("q2", "open", 1, 2)];
  const goes = ({ id }) => id === "q2";

  assert.deepEqual(sorted(all, goes).earlier.map((q) => q.id), ["q1"]);
  assert.deepEqual(nextQuestion(all, goes), { type: "question.put-on-air", question: "q2" });
});

const press = (key, more = {}) =>
  ({ key, repeat: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("one key each", () => {
  const keys = [" ", "+", "*", "-", "p", "P", "u", "s", "q", "x", "Enter"];
  assert.deepEqual(keys.map((key) => deedOf(press(key), "none")), [
    "next", "extend", "extend", "shorten", "pause", "pause", "undo", "swap", "question", null, null,
  ]);
});

test("a key held down, with a modifier or in a field is none of the desk's", () => {
  assert.equal(deedOf(press(" ", { repeat: true }), "none"), null);
  assert.equal(deedOf(press("p", { ctrlKey: true }), "none"), null);
  assert.equal(deedOf(press("s", { metaKey: true }), "none"), null);
  assert.equal(deedOf(press(" "), "field"), null);
});

test("space belongs to the button that has the focus, letters do not", () => {
  assert.equal(deedOf(press(" "), "control"), null);
  assert.equal(deedOf(press("p"), "control"), "pause");
});
