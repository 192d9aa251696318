/** The foyer as this browser knows it. */

import { amended, without } from "./records.js";

/** @typedef {import("../../wire.d.ts").FoyerShown} FoyerShown */

const NOTES_KEPT = 200; // as rooms/foyer.py keeps

/** @type {Record<string, (shown: FoyerShown, message: any) => FoyerShown>} */
const FOLDS = {
  "agenda.shown": (shown, agenda) => ({ ...shown, agenda }),
  "presence.shown": (shown, presence) => ({ ...shown, presence }),
  "people.shown": (shown, { people }) => ({ ...shown, people }),
  "people.sat-down": (shown, { person, place }) => ({
    ...shown,
    people: amended(shown.people, person, { place }),
  }),
  "people.came-in": (shown, { person }) => ({
    ...shown,
    people: { ...shown.people, [person.id]: person },
  }),
  "people.seen-off": (shown, { person }) => ({
    ...shown,
    people: without(shown.people, person),
  }),
  "check.reported": (shown, { person, check }) => ({
    ...shown,
    checks: { ...shown.checks, [person]: check },
  }),
  "consent.given": (shown, { person, language, wording, at }) => ({
    ...shown,
    consents: { ...shown.consents, [person]: { language, wording, at } },
  }),
  "consent.withdrawn": (shown, { person }) => ({
    ...shown,
    consents: without(shown.consents, person),
  }),
  "team.said": (shown, said) => ({ ...shown, team: [...shown.team, said].slice(-NOTES_KEPT) }),
};

/**
 * @param {FoyerShown} shown
 * @param {{ type: string }} message
 * @returns {FoyerShown}
 */
export const fold = (shown, message) => FOLDS[message.type]?.(shown, message) ?? shown;
