/** What of the board is wanted, and which page of it a wall shows. */

import assert from "node:assert/strict";
import test from "node:test";

import { narrowed } from "../../../web/static/js/board/hanging.js";
import { news, onPage, pagesOf } from "../../../web/static/js/board/pages.js";
import { addressOf, fits, newest, ofFace, ofJob, wantedOf } from "../../../web/static/js/board/wanted.js";

const ANY = { q: "", kind: "", topic: "", place: "", remote: "", degree: "", marked: "" };
const JOB = ofJob(
  {
    id: "j1", at: 10, title: "Blasenfreies Dosieren", place: "Sankt Auwald", remote: "partly",
    starts: "ab sofort", degree: "Master Mechatronik", topics: ["Mikrofluidik"],
  },
  "Auwald Mikrotechnik",
  false,
  "Abschlussarbeit Sankt Auwald",
);
const FACE = ofFace({
  card: "k1", at: 20, degree: "B. Sc. Physik", field: "Optik", topics: ["Python"],
  available: "ab Mai", seeks: "", name: "",
});
const wants = (change) => [JOB, FACE].filter((each) => fits(each, { ...ANY, ...change }));

test("nothing said is anything wanted", () => {
  assert.deepEqual(wants({}), [JOB, FACE]);
});

test("every word has to be there, in any order", () => {
  assert.deepEqual(wants({ q: "auwald DOSIEREN" }), [JOB]);
  assert.deepEqual(wants({ q: "physik mai" }), [FACE]);
  assert.deepEqual(wants({ q: "auwald optik" }), []);
});

test("kinds, topics and degrees tell apart", () => {
  assert.deepEqual(wants({ kind: "jobs" }), [JOB]);
  assert.deepEqual(wants({ kind: "cards" }), [FACE]);
  assert.deepEqual(wants({ topic: "mikrofluidik" }), [JOB]);
  assert.deepEqual(wants({ degree: "bachelor" }), [FACE]);
  assert.deepEqual(wants({ degree: "master" }), [JOB]);
  assert.deepEqual(wants({ degree: "doctorate" }), []);
});

test("only offers have a place, and only they are remembered", () => {
  assert.deepEqual(wants({ place: "Sankt Auwald" }), [JOB]);
  assert.deepEqual(wants({ remote: "partly" }), [JOB]);
  assert.deepEqual(wants({ remote: "yes" }), []);
  assert.deepEqual(wants({ marked: "1" }), []);
  const marked = { ...JOB, offer: { ...JOB.offer, marked: true } };
  assert.equal(fits(marked, { ...ANY, marked: "1" }), true);
});

test("an address says what is wanted and nothing else", () => {
  const form = new FormData();
  form.set("q", " Optik ");
  assert.equal(addressOf(wantedOf(form, "cards")), "/board?q=Optik&kind=cards");
  assert.equal(addressOf(ANY), "/board");
});

test("the newest hangs first", () => {
  assert.deepEqual([JOB, FACE].sort(newest), [FACE, JOB]);
});

test("offers and cards hang side by side, of each kind the newest first", () => {
  const cards = [21, 22, 23].map((at) => ({ ...FACE, id: `k${at}`, at }));
  const ids = narrowed([...cards, JOB], {}).map(({ at }) => at);
  assert.deepEqual(ids, [23, 10, 22, 21]);
});

test("a wall turns its pages round and round", () => {
  const all = [1, 2, 3, 4, 5];
  assert.equal(pagesOf(all, 2), 3);
  assert.deepEqual(onPage(all, 2, 2), [5]);
  assert.deepEqual(onPage(all, 2, 3), [1, 2]);
  assert.deepEqual(onPage(all, 2, -1), [5]);
  assert.deepEqual(onPage([], 2, 7), []);
});

test("what hung at first is no news", () => {
  assert.deepEqual(news(null, ["j1"]), []);
  assert.deepEqual(news(new Set(["j1"]), ["j2", "j1"]), ["j2"]);
});
