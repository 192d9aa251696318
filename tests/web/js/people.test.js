/** Who of the directory is wanted, as a browser narrows it down. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, entryOf, fits } from "../../../web/static/js/people/filter.js";

const ELIF = entryOf({
  words: "elif yıldız universität breisenau promotion, mikrofluidik medizintechnik",
  role: "talent",
  topics: "medizintechnik|mikrofluidik",
  degree: "Promotion",
  jobs: "job|thesis",
  languages: "de|tr",
});
const ANY = { q: "", role: "", topic: "", degree: "", job: "", language: "" };

test("everybody fits who is not asked for anything", () => {
  assert.ok(fits(ELIF, ANY));
  assert.ok(fits(entryOf({}), ANY));
});

test("every word must be there, in any order and any case", () => {
  assert.ok(fits(ELIF, { ...ANY, q: "BREISENAU elif" }));
  assert.ok(!fits(ELIF, { ...ANY, q: "elif offental" }));
});

test("role, topic, degree, work and language must each fit", () => {
  assert.ok(fits(ELIF, { ...ANY, role: "talent", topic: "Mikrofluidik", language: "tr" }));
  assert.ok(fits(ELIF, { ...ANY, degree: "Promotion", job: "thesis" }));
  for (const other of [{ role: "rep" }, { topic: "Mikro" }, { degree: "Master" }, { job: "founding" }, { language: "en" }]) {
    assert.ok(!fits(ELIF, { ...ANY, ...other }));
  }
});

test("the address holds what is asked for alone", () => {
  assert.equal(addressOf(ANY), "/people");
  assert.equal(addressOf({ ...ANY, q: "ü b", job: "job" }), "/people?q=%C3%BC+b&job=job");
});
