/** The tour in the browser: who is led where, and who stays. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../../web/static/js/state/lounge.js";
import {
  beside,
  goesAlong,
  invites,
  led,
  NOWHERE,
  route,
  stays,
} from "../../../web/static/js/state/tour.js";

const REST = { item: null, stop: null, at: 0, following: false, followers: 0, stops: [] };
const began = { type: "tour.began", item: "tour", at: 1 };
const followed = { type: "tour.followed", person: "konrad", on: true };
const went = { type: "tour.went", stop: "/exhibition/bach", at: 2 };

/** @param {object[]} events */
const after = (...events) =>
  events.reduce(
    (shown, event) => fold(shown, /** @type {any} */ (event), "konrad"),
    /** @type {any} */ ({ tour: REST }),
  ).tour;

const ALONG = { ...NOWHERE, item: "tour" };

test("a tour begins with nobody and ends with everybody", () => {
  assert.deepEqual(after(began, followed, went).following, true);
  assert.deepEqual(after(began, { ...followed, person: "hanna" }).following, false);
  assert.deepEqual(after(began, { type: "tour.followers", count: 7 }).followers, 7);
  assert.deepEqual(after(began, followed, went, { type: "tour.ended", item: "tour", at: 3 }), REST);
});

test("only a window that said so goes along, and only on that tour", () => {
  const tour = after(began, followed);
  assert.ok(goesAlong(tour, ALONG));
  assert.ok(!goesAlong(tour, NOWHERE));
  assert.ok(!goesAlong(after(began), ALONG));
  assert.ok(!goesAlong(tour, { ...ALONG, item: "another" }));
});

test("everybody else is invited until they say no", () => {
  assert.ok(invites(after(began), NOWHERE));
  assert.ok(!invites(after(began), { ...NOWHERE, declined: "tour" }));
  assert.ok(!invites(after(began, followed), ALONG));
  assert.ok(!invites(REST, NOWHERE));
});

test("who goes along is led to each stop once", () => {
  const tour = after(began, followed, went);
  const first = led(tour, ALONG, "/agenda", false);
  assert.equal(first.to, "/exhibition/bach");
  // Who then looks elsewhere stays there until the next stop.
  assert.equal(led(tour, first.trail, "/agenda", false).to, null);
  const next = after(began, followed, went, { ...went, stop: "/booths/kernbach", at: 3 });
  assert.equal(led(next, first.trail, "/agenda", false).to, "/booths/kernbach");
});

test("who is there already, writes, or talks is not moved", () => {
  const tour = after(began, followed, went);
  assert.deepEqual(led(tour, ALONG, "/exhibition/bach", false), {
    to: null,
    trail: { ...ALONG, at: 2 },
  });
  assert.deepEqual(led(tour, ALONG, "/exhibition/lot", true), { to: null, trail: ALONG });
  assert.deepEqual(led(tour, ALONG, "/talks/now", false), { to: null, trail: ALONG });
  assert.equal(led(tour, NOWHERE, "/agenda", false).to, null);
});

test("nobody is led out of a talk or from the desk", () => {
  for (const path of [
    "/talks/now",
    "/tables/t1",
    "/booths/b1/talk",
    "/booths/b1/desk",
    "/stage/gross/green-room",
    "/stage/gross/desk",
  ]) {
    assert.ok(stays(path), path);
  }
  for (const path of ["/", "/talks", "/tables", "/booths/b1", "/stage/gross", "/exhibition/bach"]) {
    assert.ok(!stays(path), path);
  }
});

test("without a plan the tour visits all booths and then all works", () => {
  const booths = [{ id: "kernbach" }];
  const exhibits = [{ id: "bach" }, { id: "lot" }];
  const all = ["/booths/kernbach", "/exhibition/bach", "/exhibition/lot"];
  assert.deepEqual(route(/** @type {any} */ (REST), booths, exhibits), all);
  const planned = /** @type {any} */ ({ ...REST, stops: ["/exhibition/lot"] });
  assert.deepEqual(route(planned, booths, exhibits), ["/exhibition/lot"]);
  assert.deepEqual(beside(all, null), { before: undefined, after: "/booths/kernbach" });
  assert.deepEqual(beside(all, "/exhibition/bach"), {
    before: "/booths/kernbach",
    after: "/exhibition/lot",
  });
  assert.equal(beside(all, "/exhibition/lot").after, undefined);
});
