/** Tables of the lounge: who sits where, in the words of pages and of the media process. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { beat } from "../../../web/static/js/clock.js";
import { fold } from "../../../web/static/js/state/lounge.js";
import { feeds, inOrder, seatOf } from "../../../web/static/js/state/tables.js";
import { othersCalled } from "../../../web/static/js/tables/calls.js";

const table = (id, seats = {}) => ({ id, topic: id, by: null, private: false, seats, closesAt: null });

test("everybody has the seat's picture, in the order of the seats", () => {
  assert.deepEqual(Object.entries(feeds(table("t1", { ruth: 3, elif: 1 }))), [
    ["seat-1", "elif"],
    ["seat-3", "ruth"],
  ]);
  assert.deepEqual(feeds(undefined), {});
});

test("tables stand in the order in which they were opened", () => {
  const tables = { tables: { t10: table("t10"), t2: table("t2"), t1: table("t1") } };

  assert.deepEqual(
    inOrder(tables).map(({ id }) => id),
    ["t1", "t2", "t10"],
  );
});

test("one finds the table somebody sits at", () => {
  const tables = { tables: { t1: table("t1"), t2: table("t2", { elif: 1 }) } };

  assert.equal(seatOf(tables, "elif")?.id, "t2");
  assert.equal(seatOf(tables, "ruth"), undefined);
});

test("of a table that one does not know, nothing changes", () => {
  const shown = { tables: { tables: {}, knocks: {}, screens: {}, called: {}, welcome: [] } };
  const heard = { type: "tables.sat-down", table: "t9", person: "elif", seat: 1, at: 0 };

  assert.deepEqual(fold(shown, heard, "ruth").tables.tables, {});
});

test("the table says whom of the others the agenda calls, and not for ever", () => {
  const place = (at) => ({
    me: "elif",
    tables: { called: { elif: at, ruth: at } },
    house: { person: (id) => ({ name: id === "ruth" ? "Ruth Kern" : id }) },
  });
  beat.value = 1_600_000_000;

  assert.deepEqual(othersCalled(place(beat.value + 60)), ["Ruth Kern is called at 14:27."]);
  assert.deepEqual(othersCalled(place(beat.value - 181)), []);
});
