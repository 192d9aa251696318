/** The lounge as this browser knows it; each part folds what is its own. */

import { EVENTS as TALKS, fold as talks } from "./breakouts.js";
import { EVENTS as BOOKINGS, fold as bookings } from "./bookings.js";
import { EVENTS as BOOTHS, fold as booths } from "./booths.js";
import { EVENTS as CONTACTS, fold as contacts } from "./contacts.js";
import { EVENTS as PLANS, fold as plans } from "./pairing.js";
import { fold as safety } from "./safety.js";
import { EVENTS as TABLES, fold as tables } from "./tables.js";
import { EVENTS as TOURS, fold as tours } from "./tour.js";
import { EVENTS as WISHES, fold as wishes } from "./wishes.js";

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

/** @type {Record<string, (shown: LoungeShown, message: any, me: string) => LoungeShown>} */
const FOLDS = {
  "lounge.rounds": (shown, { rounds, rules, exhibitors }) => ({
    ...shown,
    rounds,
    rules,
    exhibitors,
  }),
  ...Object.fromEntries(BOOKINGS.map((event) => [event, bookings])),
  ...Object.fromEntries(BOOTHS.map((event) => [event, booths])),
  ...Object.fromEntries(CONTACTS.map((event) => [event, contacts])),
  "safety.blocked": safety,
  "safety.reported": safety,
  "safety.settled": safety,
  ...Object.fromEntries(TALKS.map((event) => [event, talks])),
  ...Object.fromEntries(TABLES.map((event) => [event, tables])),
  ...Object.fromEntries(TOURS.map((event) => [event, tours])),
  ...Object.fromEntries(PLANS.map((event) => [event, plans])),
  ...Object.fromEntries(WISHES.map((event) => [event, wishes])),
  "presence.shown": (shown, presence) => ({ ...shown, presence }),
};

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} message
 * @param {string} me the reader's id
 * @returns {LoungeShown}
 */
export const fold = (shown, message, me) => FOLDS[message.type]?.(shown, message, me) ?? shown;
