/** The browser's reducers arrive where the house does: the transcripts both sides share. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { fold } from "../../../web/static/js/state/fold.js";

const FOLDER = new URL("../../transcripts/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

/** What a frame is about: an event that was told, a view that was shown, or the message itself. */
const content = (frame) => frame.event ?? frame.view ?? frame;
const reader = (given) => given.id ?? given;

test("there are transcripts to compare with", () => assert.notEqual(files.length, 0));

for (const name of files) {
  test(`${name}: before, and every message folded, is after`, () => {
    const transcript = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
    const me = reader(transcript.reader);
    const messages = transcript.frames.map(content);
    const end = messages.reduce((shown, message) => fold(shown, message, me), transcript.before);
    assert.deepEqual(end, transcript.after);
  });
}

test("what is not understood changes nothing, so that an older page lives on", () => {
  const shown = { type: "pitch", floor: {}, questions: [], chat: {} };
  assert.equal(fold(shown, { type: "something.new" }, "elif"), shown);
});
