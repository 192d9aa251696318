/** Contacts and blocks as a browser folds them: nothing passes between those who keep apart. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold } from "../../../web/static/js/state/lounge.js";

const SHOWN = {
  acquaintance: { met: [] },
  contacts: { mine: {}, theirs: {} },
  safety: { blocked: [], reports: [] },
};

/** What the browser of "me" knows after these events. */
const after = (...events) => events.reduce((shown, event) => fold(shown, event, "me"), SHOWN);
const offered = (by, to, fields = []) => ({ type: "contacts.offered", by, to, fields, at: 5 });
const withdrawn = (by, to) => ({ type: "contacts.withdrawn", by, to, at: 6 });
const blocked = (person, on = true) => ({ type: "safety.blocked", by: "me", person, on });

test("what both agree to stands on its side", () => {
  const { contacts } = after(offered("me", "ruth", ["mail"]), offered("ruth", "me"));
  assert.deepEqual(contacts, {
    mine: { ruth: { fields: ["mail"], at: 5 } },
    theirs: { ruth: { fields: [], at: 5 } },
  });
});

test("a withdrawal takes back one side", () => {
  const { contacts } = after(offered("me", "ruth"), offered("ruth", "me"), withdrawn("ruth", "me"));
  assert.deepEqual(Object.keys(contacts.mine), ["ruth"]);
  assert.deepEqual(contacts.theirs, {});
});

test("a block takes both sides away, and nothing comes after it", () => {
  const { contacts, safety } = after(
    offered("me", "ruth"),
    offered("ruth", "me"),
    offered("tim", "me"),
    blocked("ruth"),
    withdrawn("me", "ruth"),
    offered("ruth", "me", ["mail"]),
  );
  assert.deepEqual(contacts, { mine: {}, theirs: { tim: { fields: [], at: 5 } } });
  assert.deepEqual(safety.blocked, ["ruth"]);
});

test("a block can be taken back", () => {
  const { safety } = after(blocked("tim"), blocked("ruth"), blocked("tim", false));
  assert.deepEqual(safety.blocked, ["ruth"]);
});

test("a report is there once, and then settled", () => {
  const reported = { type: "safety.reported", id: "r1", by: "ruth", person: "tim", where: "talk", place: "b1", at: 7 };
  const settled = { type: "safety.settled", id: "r1", by: "ruth", person: "tim", settledBy: "me", at: 9 };
  const [open] = after(reported, reported).safety.reports;
  assert.equal(open.settledAt, null);
  const { reports } = after(reported, settled).safety;
  assert.deepEqual(reports.map(({ id, settledBy, settledAt }) => [id, settledBy, settledAt]), [["r1", "me", 9]]);
});

test("whom one meets is known, without oneself", () => {
  const met = (...people) => ({ type: "acquaintance.met", people, at: 5 });
  assert.deepEqual(after(met("me", "tim"), met("ruth", "me", "tim")).acquaintance.met, ["ruth", "tim"]);
});
