/** Booked talks as a browser folds and sorts them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { colleagues, fold, organisations, sidesFit, sorted } from "../../../web/static/js/state/bookings.js";

/** @param {object} [changed] */
const booking = (changed) => ({
  id: "m1", stands: "asked", asker: "elif", owner: "ruth", turn: "ruth", slots: [4000],
  seconds: 600, askedAt: 100, since: 100, readers: ["elif", "ruth", "rico"],
  organisation: "Kernbach", word: "", expiresAt: 3100, revision: 0, noted: false, conflict: null,
  ...changed,
});

/** @param {...any} all */
const shown = (...all) => ({ mine: Object.fromEntries(all.map((each) => [each.id, each])) });

/** Which heading each stands under. @param {any} found */
const headings = (found) =>
  Object.fromEntries(
    Object.entries(found).flatMap(([name, all]) => all.map((/** @type {any} */ b) => [b.id, name])),
  );

test("a changed booking replaces what was known of it", () => {
  const before = { bookings: shown(booking()), rounds: [] };
  const after = fold(before, { booking: booking({ stands: "agreed" }) });
  assert.equal(after.bookings.mine.m1.stands, "agreed");
  assert.equal(before.bookings.mine.m1.stands, "asked");
});

test("the same request stands elsewhere for each who may know of it", () => {
  const one = shown(booking());
  assert.deepEqual(headings(sorted(one, "ruth", 200)), { m1: "asked" });
  assert.deepEqual(headings(sorted(one, "elif", 200)), { m1: "waiting" });
  assert.deepEqual(headings(sorted(one, "rico", 200)), { m1: "inbox" });
});

test("a counter-proposal waits for the asker and is nothing for the colleagues", () => {
  const one = shown(booking({ turn: "elif" }));
  assert.deepEqual(headings(sorted(one, "elif", 200)), { m1: "asked" });
  assert.deepEqual(headings(sorted(one, "ruth", 200)), { m1: "waiting" });
  assert.deepEqual(headings(sorted(one, "rico", 200)), {});
});

test("what the agenda is in the way of stands first, the rest in its order", () => {
  const conflict = { people: ["ruth"], proposals: [5000] };
  const found = sorted(
    shown(
      booking({ id: "m1", stands: "agreed", slots: [9000] }),
      booking({ id: "m2", stands: "agreed", slots: [4000], conflict }),
      booking({ id: "m3", stands: "agreed", slots: [6000] }),
    ),
    "elif",
    200,
  );
  assert.deepEqual(found.moved.map(({ id }) => id), ["m2"]);
  assert.deepEqual(found.agreed.map(({ id }) => id), ["m3", "m1"]);
});

test("what came to nothing is remembered for a while", () => {
  const one = shown(booking({ stands: "declined", since: 200 }));
  assert.deepEqual(headings(sorted(one, "elif", 300)), { m1: "past" });
  assert.deepEqual(headings(sorted(one, "elif", 200 + 13 * 3600)), {});
  assert.deepEqual(headings(sorted(shown(booking({ stands: "met" })), "elif", 300)), {});
});

test("who may ask whom, and who shares an inbox", () => {
  assert.equal(sidesFit("talent-company", "talent", "rep"), true);
  assert.equal(sidesFit("talent-company", "talent", "talent"), false);
  assert.equal(sidesFit("all", "guest", "juror"), true);
  const ruth = { id: "ruth", role: "rep", organisation: "Kernbach" };
  const people = { ruth, elif: { id: "elif", role: "talent", organisation: "Kernbach" } };
  assert.deepEqual(colleagues(people, "Kernbach"), [ruth]);
  assert.deepEqual(colleagues(people, ""), []);
  assert.deepEqual(organisations({ ...people, rico: { ...ruth, id: "rico" } }), ["Kernbach"]);
});
