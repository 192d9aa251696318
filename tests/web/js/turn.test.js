/** What one is told about one's own turn: each bell once, and times that move by minutes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { tidings } from "../../../web/static/js/state/turn.js";

/** @param {object} [changed] */
const turn = (changed) => ({ item: "hand", title: "Hand", startsAt: 2000, bells: 1, ...changed });

test("whoever has just come in is told nothing", () => {
  assert.deepEqual(tidings(null, turn()), { told: turn(), news: {} });
});

test("a bell is told when it rings, and once", () => {
  const { told, news } = tidings(turn(), turn({ bells: 2 }));
  assert.deepEqual(news, { bell: 2 });
  assert.deepEqual(tidings(told, turn({ bells: 2 })).news, {});
});

test("a bell does not ring again when the turn moves away and comes near again", () => {
  const { told } = tidings(turn({ bells: 2 }), turn({ bells: 1 }));
  assert.deepEqual(tidings(told, turn({ bells: 2 })).news, {});
});

test("small changes add up before they are worth a word", () => {
  const small = tidings(turn(), turn({ startsAt: 2060 }));
  assert.deepEqual(small.news, {});
  assert.deepEqual(tidings(small.told, turn({ startsAt: 2120 })).news, { moved: 2120 });
});

test("another turn begins anew", () => {
  const questions = turn({ item: "questions", startsAt: 2300, bells: 3 });
  assert.deepEqual(tidings(turn(), questions), { told: questions, news: {} });
  assert.deepEqual(tidings(turn(), null), { told: null, news: {} });
});
