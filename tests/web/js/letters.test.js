/** Letters and cards as a browser folds them, and what is said of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FOLDS, stamp } from "../../../web/static/js/state/letters.js";

const SHOWN = {
  letters: { all: {}, pins: {} },
  visits: { mine: {}, cards: {} },
  pins: { inbox: {}, mine: {}, counts: {} },
};

/** What the browser of "me" knows after these events. */
const after = (...events) =>
  events.reduce((shown, event) => FOLDS[event.type](shown, event, "me"), SHOWN);
const letter = (given) => ({ id: "l1", booth: "kernbach", by: "me", at: 5, state: "new", owner: null, late: false, ...given });
const changed = (given) => ({ type: "letter.changed", letter: letter(given), what: "posted", by: "me", at: 5 });
const shared = (person, booth = "kernbach") => ({ type: "visit.shared", booth, person, fields: ["mail"], until: 9, at: 5 });
const takenBack = (person, booth = "kernbach") => ({ type: "visit.taken-back", booth, person, at: 6 });

test("a letter is the newest of what was told", () => {
  const { letters } = after(changed(), changed({ state: "answered" }));
  assert.equal(letters.all.l1.state, "answered");
});

test("a letter that was taken back is gone", () => {
  const { letters } = after(changed(), { type: "letter.recalled", letter: "l1" });
  assert.deepEqual(letters.all, {});
});

test("one's own card lies at its booth, others' lie at one's own", () => {
  const { visits } = after(shared("me"), shared("elif"));
  const left = { fields: ["mail"], at: 5, until: 9 };
  assert.deepEqual(visits, { mine: { kernbach: left }, cards: { elif: left } });
});

test("what is taken back is gone on its side", () => {
  const { visits } = after(shared("me"), shared("elif"), takenBack("elif"));
  assert.deepEqual(Object.keys(visits.mine), ["kernbach"]);
  assert.deepEqual(visits.cards, {});
});

test("an application has somebody who sees to it", () => {
  const { letters } = after({ type: "letter.pin-handed", pin: "n1", owner: "kai" });
  assert.deepEqual(letters.pins, { n1: "kai" });
});

test("the stamp changes with whatever may read otherwise, and with nothing else", () => {
  const words = [SHOWN, after(changed()), after(changed({ state: "read" })), after(changed({ owner: "kai" })), after(shared("elif"))].map((shown) => stamp(shown));
  assert.equal(new Set(words).size, words.length);
  assert.equal(stamp({ ...after(changed()), jobs: {} }), stamp(after(changed())));
  assert.equal(stamp(null), "");
});
