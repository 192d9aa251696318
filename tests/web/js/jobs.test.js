/** The board's offers come, change and go in a browser as they do in the room. */

import assert from "node:assert/strict";
import test from "node:test";

import { fold } from "../../../web/static/js/state/fair.js";
import { companyOf, hanging } from "../../../web/static/js/state/jobs.js";

const job = (id, more = {}) => ({ id, booth: "auwald", title: id, at: 10, text: "", ...more });
const BOARD = {
  booths: [{ id: "auwald", organisation: "Auwald Mikrotechnik" }],
  jobs: { jobs: { j1: job("j1") }, bookmarks: ["j1"] },
};
const after = (...messages) => messages.reduce((shown, each) => fold(shown, each, "elif"), BOARD);

test("an offer that is pinned hangs without its long text", () => {
  const shown = after({ type: "job.pinned", job: job("j2", { text: "Viele Worte" }) });

  assert.deepEqual(shown.jobs.jobs.j2, job("j2"));
});

test("an offer that is edited stays where it was", () => {
  const shown = after(
    { type: "job.pinned", job: job("j2", { at: 20 }) },
    { type: "job.edited", job: job("j1", { title: "Neu" }) },
  );

  assert.deepEqual(hanging(shown).map(({ title }) => title), ["j2", "Neu"]);
});

test("what is gone is bookmarked no more", () => {
  const shown = after({ type: "job.gone", job: "j1", at: 20 });

  assert.deepEqual(shown.jobs, { jobs: {}, bookmarks: [] });
});

test("a bookmark is set once and taken back", () => {
  const twice = { type: "job.bookmarked", person: "elif", job: "j0", on: true };

  assert.deepEqual(after(twice, twice).jobs.bookmarks, ["j0", "j1"]);
  assert.deepEqual(after({ ...twice, job: "j1", on: false }).jobs.bookmarks, []);
});

test("the newest hangs first, and nothing of a booth that is gone", () => {
  const shown = after(
    { type: "job.pinned", job: job("j10") },
    { type: "job.pinned", job: job("j9") },
    { type: "job.pinned", job: job("j11", { booth: "nobody" }) },
  );

  assert.deepEqual(hanging(shown).map(({ id }) => id), ["j10", "j9", "j1"]);
  assert.equal(companyOf(shown, "auwald"), "Auwald Mikrotechnik");
  assert.equal(companyOf(shown, "nobody"), "");
});
