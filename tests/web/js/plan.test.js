/** A plan of the rounds as the desk reads it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { coverage, figures, gap } from "../../../web/static/js/desk/plan.js";

const ROUNDS = [{ item: "r1" }, { item: "r2" }];
const PLAN = {
  rounds: { r1: [{ item: "r1", people: ["ann", "rep"] }], r2: [{ item: "r2", people: ["ann", "bob", "rep"] }] },
  coverage: { ann: 2, bob: 1, rep: 2, zoe: 0 },
  sittingOut: { r1: ["zoe"], r2: ["zoe"] },
};

test("a plan is optimal, or at most so many per cent below the best, rounded up", () => {
  assert.equal(gap({ value: 5000, bound: 5000 }), 0);
  assert.equal(gap({ value: 9990, bound: 10_000 }), 0.1);
  assert.equal(gap({ value: 999_999, bound: 1_000_000 }), 0.01);
  assert.equal(gap({ value: 88, bound: 100 }), 12);
  assert.equal(gap({ value: 0, bound: 0 }), 0);
});

test("each row says whom somebody meets, where they sit out, and where they are elsewhere", () => {
  assert.deepEqual(coverage(PLAN, ROUNDS, (id) => id), [
    { person: "zoe", meetings: 0, cells: [{ is: "out" }, { is: "out" }] },
    { person: "bob", meetings: 1, cells: [{ is: "elsewhere" }, { is: "meets", with: ["ann", "rep"] }] },
    { person: "ann", meetings: 2, cells: [{ is: "meets", with: ["rep"] }, { is: "meets", with: ["bob", "rep"] }] },
    { person: "rep", meetings: 2, cells: [{ is: "meets", with: ["ann"] }, { is: "meets", with: ["ann", "bob"] }] },
  ]);
});

test("a plan in figures", () => {
  assert.deepEqual(figures(PLAN), { meetings: 2, people: 4, fewest: 0, most: 2 });
});
