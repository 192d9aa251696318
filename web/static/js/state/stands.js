/** What each exhibitor shows at its booth, as this browser knows it. */

import { without } from "./records.js";

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../../wire.d.ts").Invited} Invited */
/** @typedef {import("../../wire.d.ts").Stand} Stand */

/** @type {Record<string, (shown: FairShown, message: any) => FairShown>} */
export const FOLDS = {
  "stand.changed": (shown, { stand }) => {
    const stands = { ...shown.stands.stands, [stand.booth]: stand };
    return { ...shown, stands: { ...shown.stands, stands } };
  },
  "stand.invited": (shown, { invited }) => {
    const all = { ...shown.stands.invited, [invited.person]: invited };
    return { ...shown, stands: { ...shown.stands, invited: all } };
  },
  "stand.dismissed": (shown, { person }) => {
    const invited = without(shown.stands.invited, person);
    return { ...shown, stands: { ...shown.stands, invited } };
  },
};

/**
 * What this exhibitor shows; an empty stand if it has not begun yet.
 * @param {FairShown} shown
 * @param {string} booth
 * @returns {Stand}
 */
export const standOf = (shown, booth) => shown.stands.stands[booth] ?? empty(booth);

/**
 * @param {string} booth
 * @returns {Stand}
 */
const empty = (booth) => ({
  booth,
  sentences: [],
  links: [],
  downloads: [],
  logo: null,
  pitch: "recording",
  contact: "",
  owner: null,
  promise: "",
});
