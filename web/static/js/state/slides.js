/** A stage's slides as this browser knows them. */

import { amended, without } from "./records.js";

/** @typedef {import("../../wire.d.ts").SlidesShown} SlidesShown */
/** @typedef {import("../../wire.d.ts").Deck} Deck */

/** @type {Record<string, (slides: SlidesShown, message: any) => SlidesShown>} */
const FOLDS = {
  "slides.shown": (slides, { live }) => ({ ...slides, live }),
  "slides.laid": (slides, { item, deck }) => ({
    ...slides,
    decks: { ...slides.decks, [item]: deck },
  }),
  "slides.taken-away": (slides, { item }) => ({ ...slides, decks: without(slides.decks, item) }),
  "slides.turned": (slides, { item, page }) => changed(slides, item, { page }),
  "slides.hidden": (slides, { item, on }) => changed(slides, item, { hidden: on }),
};

/**
 * @param {SlidesShown} slides
 * @param {{ type: string }} message
 * @returns {SlidesShown}
 */
export const fold = (slides, message) => FOLDS[message.type]?.(slides, message) ?? slides;

/**
 * Only what is on stage is ever turned or hidden.
 * @param {SlidesShown} slides
 * @param {string} item
 * @param {Partial<Deck>} changes
 * @returns {SlidesShown}
 */
const changed = (slides, item, changes) => ({
  live: slides.live && { ...slides.live, ...changes },
  decks: amended(slides.decks, item, changes),
});

/**
 * The deck that everybody sees now.
 * @param {SlidesShown} slides
 */
export const onStage = ({ live }) => (live && !live.hidden ? live : null);
