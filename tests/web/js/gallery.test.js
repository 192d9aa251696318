/** The exhibition in the browser: the same folds as in rooms/gallery.py and rooms/ballot.py. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, fits } from "../../../web/static/js/exhibition/filter.js";
import { fold } from "../../../web/static/js/state/fair.js";

const FAVOURITE = { stands: "waiting", mine: null, places: [], votes: 0 };
const EMPTY = /** @type {any} */ ({
  gallery: { words: {}, mine: {}, revisions: {}, favourite: FAVOURITE },
});

/** @param {object[]} events */
const after = (...events) =>
  events.reduce((shown, event) => fold(shown, /** @type {any} */ (event), "konrad"), EMPTY).gallery;

test("a word is counted for all and marked for who said it", () => {
  const said = { type: "gallery.reacted", person: "konrad", work: "bach", word: "bravo", on: true };
  const counted = { type: "gallery.counted", work: "bach", word: "bravo", count: 3 };
  assert.deepEqual(after(said, counted).mine, { bach: ["bravo"] });
  assert.deepEqual(after(said, counted).words, { bach: { bravo: 3 } });
  assert.deepEqual(after(said, said, { ...said, on: false }).mine, { bach: [] });
  assert.deepEqual(after({ ...said, person: "hanna" }).mine, {});
});

test("a work that was stirred is another one", () => {
  const stirred = { type: "gallery.stirred", work: "bach", revision: 4 };
  assert.deepEqual(after(stirred).revisions, { bach: 4 });
});

test("a vote is one's own until it is closed", () => {
  const opened = { type: "ballot.opened", ballot: "favourite", at: 1 };
  const voted = { type: "ballot.voted", ballot: "favourite", person: "konrad", choice: "bach" };
  const places = [{ rank: 1, choices: ["bach"], votes: 2 }];
  const closed = { type: "ballot.closed", ballot: "favourite", places, votes: 3, at: 2 };
  assert.deepEqual(after(opened, voted).favourite, { ...FAVOURITE, stands: "open", mine: "bach" });
  assert.deepEqual(after(opened, { ...voted, person: "hanna" }).favourite.mine, null);
  assert.deepEqual(after(opened, voted, closed).favourite, {
    stands: "closed",
    mine: "bach",
    places,
    votes: 3,
  });
  assert.equal(after(opened, voted, closed, opened).favourite.mine, null);
});

test("works are found by words, kind and topic", () => {
  const entry = { words: "ein bach im glas", kind: "poster", topics: ["wasser"] };
  const any = { q: "", kind: "", topic: "" };
  assert.ok(fits(entry, any));
  assert.ok(fits(entry, { ...any, q: "Glas  Bach" }));
  assert.ok(!fits(entry, { ...any, q: "Bach Stein" }));
  assert.ok(!fits(entry, { ...any, kind: "exhibit" }));
  assert.ok(fits(entry, { ...any, topic: "Wasser" }));
  assert.equal(addressOf(any), "/exhibition");
  assert.equal(addressOf({ ...any, q: "im glas" }), "/exhibition?q=im+glas");
});
