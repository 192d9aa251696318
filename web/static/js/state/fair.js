/** The fair as this browser knows it; each part folds what is its own. */

import { FOLDS as CVS } from "./cvs.js";
import { EVENTS as GALLERY, fold as gallery } from "./gallery.js";
import { FOLDS as JOBS } from "./jobs.js";
import { FOLDS as LETTERS } from "./letters.js";
import { FOLDS as PINS } from "./pins.js";
import { FOLDS as STANDS } from "./stands.js";

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */

/** @type {Record<string, (shown: FairShown, message: any, me: string) => FairShown>} */
const FOLDS = {
  "fair.exhibitors": (shown, { booths, exhibits }) => ({ ...shown, booths, exhibits }),
  "presence.shown": (shown, presence) => ({ ...shown, presence }),
  ...CVS,
  ...Object.fromEntries(GALLERY.map((event) => [event, gallery])),
  ...JOBS,
  ...LETTERS,
  ...PINS,
  ...STANDS,
};

/**
 * @param {FairShown} shown
 * @param {{ type: string }} message
 * @param {string} me the reader's id
 * @returns {FairShown}
 */
export const fold = (shown, message, me) => FOLDS[message.type]?.(shown, message, me) ?? shown;
