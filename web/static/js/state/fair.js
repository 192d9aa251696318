/** The fair as this browser knows it; each part folds what is its own. */

import { FOLDS as JOBS } from "./jobs.js";
import { FOLDS as LETTERS } from "./letters.js";
import { FOLDS as STANDS } from "./stands.js";

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */

/** @type {Record<string, (shown: FairShown, message: any, me: string) => FairShown>} */
const FOLDS = {
  "fair.exhibitors": (shown, { booths, exhibits }) => ({ ...shown, booths, exhibits }),
  "presence.shown": (shown, presence) => ({ ...shown, presence }),
  ...JOBS,
  ...LETTERS,
  ...STANDS,
};

/**
 * @param {FairShown} shown
 * @param {{ type: string }} message
 * @param {string} me the reader's id
 * @returns {FairShown}
 */
export const fold = (shown, message, me) => FOLDS[message.type]?.(shown, message, me) ?? shown;
