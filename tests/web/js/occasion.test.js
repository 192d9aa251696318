/** What two people share, and the question they are given. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { common, question } from "../../../web/static/js/talk/occasion.js";

/** @param {string[]} seeks @param {string[]} offers @returns {any} */
const profile = (seeks, offers) => ({ seeks, offers });

test("what one seeks and the other offers comes first, each topic once", () => {
  const mine = profile(["Diagnostik", "Optik"], ["Dosierung"]);
  const theirs = profile(["dosierung", "Optik"], ["Diagnostik"]);
  assert.deepEqual(common(mine, theirs), ["Diagnostik", "Dosierung", "Optik"]);
  assert.deepEqual(common(mine, undefined), []);
});

test("both are asked the same, whoever reads it, and about what they share", () => {
  assert.equal(question("b7", ["Optik", "Laser"]), question("b7", ["Laser", "Optik"]));
  assert.match(question("b7", ["Optik"]), /Optik/);
  assert.ok(question("b1", []));
  assert.notEqual(question("b1", []), question("b2", []));
});
