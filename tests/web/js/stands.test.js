/** Stands as a browser folds them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold } from "../../../web/static/js/state/fair.js";
import { standOf } from "../../../web/static/js/state/stands.js";

const SHOWN = { stands: { stands: {}, invited: {} } };
const after = (...events) => events.reduce((shown, event) => fold(shown, event, "me"), SHOWN);
const changed = (booth, ...sentences) => ({
  type: "stand.changed",
  stand: { ...standOf(SHOWN, booth), sentences },
  at: 5,
});
const invited = (person) => ({
  type: "stand.invited",
  invited: { person, booth: "north", by: "ruth", at: 5 },
  people: ["ruth"],
});

test("a stand that nobody set up is empty", () => {
  const { sentences, links, logo, pitch } = standOf(SHOWN, "north");
  assert.deepEqual({ sentences, links, logo, pitch }, {
    sentences: [],
    links: [],
    logo: null,
    pitch: "recording",
  });
});

test("the newest stand replaces the one before, and no other", () => {
  const shown = after(changed("north", "We"), changed("east", "Us"), changed("north", "We make"));
  assert.deepEqual(standOf(shown, "north").sentences, ["We make"]);
  assert.deepEqual(standOf(shown, "east").sentences, ["Us"]);
});

test("an invitation comes and is taken back", () => {
  const shown = after(invited("rita"), invited("rosa"), {
    type: "stand.dismissed",
    person: "rita",
    people: ["ruth"],
  });
  assert.deepEqual(Object.keys(shown.stands.invited), ["rosa"]);
});
