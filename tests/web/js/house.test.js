/** Rooms as the browser keeps them: joined, resumed where it stood, nothing folded twice. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { House } from "../../../web/static/js/house.js";

let sent, hearers, house;
const says = (type, frame) => hearers.get(type)?.({ type, ...frame });
const told = (seq, event, epoch = 3) => says("told", { room: "foyer", epoch, seq, event });
const note = (id) => ({ type: "team.said", id, by: "jo", text: id, at: 0 });
const shown = (...team) => ({ type: "foyer", people: {}, team });
const notes = () => house.foyer().shown.value.team.map(({ id }) => id);

beforeEach(() => {
  [sent, hearers] = [[], new Map()];
  house = new House({
    send: (frame) => Boolean(sent.push(frame)),
    on: (type, hearer) => hearers.set(type, hearer),
  });
  house.foyer();
  says("welcome", { me: { id: "elif" } });
  says("snapshot", { room: "foyer", epoch: 3, seq: 5, shown: shown(note("a")) });
});

test("a room is joined once, and again with every welcome from where it stood", () => {
  house.foyer();
  told(6, note("b"));
  sent = [];
  says("welcome", { me: { id: "elif" } });
  assert.deepEqual(sent, [{ type: "join", room: "foyer", epoch: 3, seq: 6 }]);
});

test("what was heard before is not folded twice", () => {
  told(6, note("b"));
  told(6, note("b"));
  told(4, note("z"));
  assert.deepEqual(notes(), ["a", "b"]);
});

test("what is not stored has no place in the log and is folded all the same", () => {
  told(-1, note("b"));
  told(-1, note("c"));
  sent = [];
  says("welcome", { me: { id: "elif" } });
  assert.deepEqual(notes(), ["a", "b", "c"]);
  assert.equal(sent[0].seq, 5);
});

test("what was missed follows a resumption under the new epoch", () => {
  says("resumed", { room: "foyer", epoch: 4, seq: 7 });
  told(6, note("b"), 4);
  told(7, note("c"), 4);
  sent = [];
  says("welcome", { me: { id: "elif" } });
  assert.deepEqual(notes(), ["a", "b", "c"]);
  assert.deepEqual([sent[0].epoch, sent[0].seq], [4, 7]);
});

test("a view replaces its part", () => {
  says("shown", { room: "foyer", view: { type: "people.shown", people: { jo: { id: "jo" } } } });
  assert.deepEqual(house.person("jo"), { id: "jo" });
  assert.equal(house.person(null), undefined);
});

test("when somebody else signs in, the rooms begin anew", () => {
  sent = [];
  says("welcome", { me: { id: "ada" } });
  assert.deepEqual(sent, [{ type: "join", room: "foyer", epoch: 0, seq: -1 }]);
});

test("a room that was not joined is none of ours", () => {
  says("snapshot", { room: "stage-gross", epoch: 1, seq: 1, shown: { type: "pitch" } });
  assert.equal(house.stage("gross").shown.value, null);
});
