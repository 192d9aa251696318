/** Letters and cards at booths: one's own, and those that lie in the own organisation's inbox. */

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */

/** @type {Record<string, (shown: FairShown, event: any, me: string) => FairShown>} */
export const FOLDS = {
  "letter.changed": (shown, { letter }) => ({
    ...shown,
    letters: { ...shown.letters, all: { ...shown.letters.all, [letter.id]: letter } },
  }),
  "letter.recalled": (shown, { letter }) => ({
    ...shown,
    letters: { ...shown.letters, all: without(shown.letters.all, letter) },
  }),
  "letter.pin-handed": (shown, { pin, owner }) => ({
    ...shown,
    letters: { ...shown.letters, pins: { ...shown.letters.pins, [pin]: owner } },
  }),
  "visit.shared": (shown, { booth, person, fields, until, at }, me) => {
    const { mine, cards } = shown.visits;
    const left = { fields, at, until };
    return person === me
      ? { ...shown, visits: { cards, mine: { ...mine, [booth]: left } } }
      : { ...shown, visits: { mine, cards: { ...cards, [person]: left } } };
  },
  "visit.taken-back": (shown, { booth, person }, me) => {
    const { mine, cards } = shown.visits;
    return person === me
      ? { ...shown, visits: { cards, mine: without(mine, booth) } }
      : { ...shown, visits: { mine, cards: without(cards, person) } };
  },
};

/**
 * A word that changes whenever something in the reader's inbox or letters may read otherwise.
 * @param {FairShown | null} shown
 * @param {string} [booth] of this one alone
 */
export function stamp(shown, booth = "") {
  if (!shown) return "";
  const letters = Object.values(shown.letters.all)
    .filter((letter) => !booth || letter.booth === booth)
    .map(({ id, at, state, owner, late }) => [id, at, state, owner, late]);
  const pins = Object.values(shown.pins.inbox).map(({ id, state }) => [id, state]);
  const cards = Object.entries(shown.visits.cards).map(([person, { at }]) => [person, at]);
  return JSON.stringify([letters, pins, shown.letters.pins, cards, shown.visits.mine]);
}

/**
 * @template T
 * @param {Record<string, T>} things
 * @param {string} gone
 * @returns {Record<string, T>}
 */
const without = (things, gone) =>
  Object.fromEntries(Object.entries(things).filter(([key]) => key !== gone));
