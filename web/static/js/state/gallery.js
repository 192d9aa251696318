/** The exhibition as this browser knows it: the same folds as rooms/gallery.py and rooms/ballot.py. */

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../../wire.d.ts").GalleryShown} GalleryShown */

export const FAVOURITE = "favourite";
export const WORDS = /** @type {const} */ (["bravo", "aha", "thanks"]);

/** @type {Record<string, (gallery: GalleryShown, event: any, me: string) => GalleryShown>} */
const FOLDS = {
  "gallery.stirred": (gallery, { work, revision }) => ({
    ...gallery,
    revisions: { ...gallery.revisions, [work]: revision },
  }),
  "gallery.counted": (gallery, { work, word, count }) => ({
    ...gallery,
    words: { ...gallery.words, [work]: { ...gallery.words[work], [word]: count } },
  }),
  "gallery.reacted": (gallery, { person, work, word, on }, me) => {
    if (person !== me) return gallery;
    const said = (gallery.mine[work] ?? []).filter((each) => each !== word);
    return { ...gallery, mine: { ...gallery.mine, [work]: on ? [...said, word] : said } };
  },
  "ballot.opened": (gallery) => ({
    ...gallery,
    favourite: { stands: "open", mine: null, places: [], votes: 0 },
  }),
  "ballot.voted": (gallery, { person, choice }, me) =>
    person === me ? { ...gallery, favourite: { ...gallery.favourite, mine: choice } } : gallery,
  "ballot.closed": (gallery, { places, votes }) => ({
    ...gallery,
    favourite: { ...gallery.favourite, stands: "closed", places, votes },
  }),
};

/**
 * @param {FairShown} shown
 * @param {{ type: string }} event
 * @param {string} me the reader's id
 * @returns {FairShown}
 */
export const fold = (shown, event, me) => {
  const gallery = FOLDS[event.type]?.(shown.gallery, event, me);
  return gallery ? { ...shown, gallery } : shown;
};

export const EVENTS = Object.keys(FOLDS);
