/** Slides: who turns what, which keys mean it, and where they stand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { programme } from "../../../web/static/js/desk/programme.js";
import { deckWords, unfit } from "../../../web/static/js/parts/deck.js";
import { pageAddress } from "../../../web/static/js/parts/slide.js";
import { wayOf } from "../../../web/static/js/parts/turnkeys.js";
import { arrange } from "../../../web/static/js/stage/arrange.js";
import { onStage } from "../../../web/static/js/state/slides.js";
import { Turner } from "../../../web/static/js/state/turning.js";

const DECK = { id: "d1", name: "Blood.pdf", pages: 3, people: ["elif"], at: 0, page: 1, hidden: false };
const FLOOR = { live: null, upcoming: [], seats: {}, screen: null, invited: [] };
const SEATED = { ...FLOOR, seats: { speaker: { person: "elif", since: 0 } } };
const SPEAKER = { feed: "speaker", person: "elif" };
const SLIDES = { feed: "slides", person: "elif" };

/** A turner of a deck that the house turns only when `hear` is called. */
function turning(deck = DECK) {
  const at = { deck, ms: 0 };
  const asked = [];
  const turner = new Turner(() => at.deck, (command) => asked.push(command), () => at.ms);
  return { turner, asked, at };
}

const turn = (before, to) => ({ type: "slides.turn", deck: "d1", before, to });

test("two quick presses are two pages, each named with the page before it", () => {
  const { turner, asked } = turning();
  turner.next();
  turner.next();
  assert.deepEqual(asked, [turn(1, 2), turn(2, 3)]);
});

test("nothing is asked beyond the first and the last page", () => {
  const { turner, asked } = turning();
  turner.previous();
  turner.last();
  turner.next();
  turner.first();
  assert.deepEqual(asked, [turn(1, 3), turn(3, 1)]);
});

test("what the house says counts again soon after one's own press", () => {
  const { turner, asked, at } = turning();
  turner.next();
  at.deck = { ...DECK, page: 3 }; // somebody else was quicker
  at.ms = 1500;
  turner.previous();
  assert.deepEqual(asked, [turn(1, 2), turn(3, 2)]);
});

test("an exchanged deck begins from the page the house names", () => {
  const { turner, asked, at } = turning();
  turner.next();
  at.deck = { ...DECK, id: "d2", page: 1 };
  turner.next();
  assert.deepEqual(asked[1], { type: "slides.turn", deck: "d2", before: 1, to: 2 });
});

test("without slides nothing is turned or hidden", () => {
  const { turner, asked } = turning(null);
  turner.next();
  turner.toggle();
  assert.deepEqual(asked, []);
});

test("arrow and page keys turn, unless they are needed where the focus is", () => {
  const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  assert.equal(wayOf(press("PageDown"), false), "next");
  assert.equal(wayOf(press("ArrowLeft"), false), "previous");
  assert.equal(wayOf(press("End"), false), "last");
  assert.equal(wayOf(press("ArrowRight"), true), null);
  assert.equal(wayOf(press("ArrowRight", { altKey: true }), false), null);
  assert.equal(wayOf(press(" "), false), null);
});

test("slides take the large place, a shared screen comes before them", () => {
  const screen = { feed: "screen", person: "elif" };
  const shared = { ...SEATED, screen: "elif" };
  assert.deepEqual(arrange(SEATED, new Set(), false, DECK), { main: SLIDES, small: [SPEAKER] });
  assert.deepEqual(arrange(SEATED, new Set(), true, DECK), { main: SPEAKER, small: [SLIDES] });
  assert.deepEqual(arrange(shared, new Set(["screen"]), false, DECK).main, screen);
  assert.deepEqual(arrange(FLOOR, new Set(), true, DECK).main, { feed: "slides", person: "" });
  assert.deepEqual(programme(SEATED, new Set(["speaker"]), DECK), { large: SLIDES, small: [SPEAKER] });
  assert.deepEqual(programme(shared, new Set(["screen"]), DECK).large, screen);
});

test("hidden slides are not on stage", () => {
  assert.equal(onStage({ live: DECK, decks: {} }), DECK);
  assert.equal(onStage({ live: { ...DECK, hidden: true }, decks: {} }), null);
  assert.equal(onStage({ live: null, decks: {} }), null);
});

test("what is no PDF or too large is not even sent", () => {
  const file = { name: "Blood.pdf", type: "application/pdf", size: 1000 };
  assert.equal(unfit(file), "");
  assert.equal(unfit({ ...file, type: "" }), "");
  assert.match(unfit({ ...file, name: "Blood.pptx", type: "x/y" }), /not a PDF/);
  assert.match(unfit({ ...file, size: 26 << 20 }), /larger than 25 MB/);
});

test("a deck is told in words, and its pages lie where nobody can guess", () => {
  assert.equal(deckWords(DECK), "“Blood.pdf”, 3 pages, the first one lies ready");
  assert.equal(deckWords({ ...DECK, pages: 1 }), "“Blood.pdf”, 1 page, lies ready");
  assert.equal(pageAddress("d1", 2), "/slides/d1/2.webp");
  assert.equal(pageAddress("d1", 2, true), "/slides/d1/2-small.webp");
});
