/** What pages ask of the booths: who is there, one's own turn, the counter one sits at. */

import { queueOf, stallOf } from "./booths.js";

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").Person} Person */
/** @typedef {import("../../wire.d.ts").Stall} Stall */
/** @typedef {import("../../wire.d.ts").Ticket} Ticket */
/** @typedef {import("../../wire.d.ts").Counter} Counter */
/** @typedef {import("../../wire.d.ts").BoothLine} BoothLine */

/**
 * A booth that calls the reader: to their turn, by invitation, to take a visitor over, or back to
 * a talk they sit in.
 * @typedef {object} BoothCall
 * @property {string} key the same for the same call
 * @property {"turn" | "invited" | "hand-over" | "talk"} kind
 * @property {string} booth
 * @property {string} by who calls
 * @property {number} until 0 for as long as it takes
 * @property {string} counter
 */

/** Where the picture stands in the circle that a booth shows. @type {"seat-1"} */
export const SHOWN_AT = "seat-1";
export const SEATS = 6;

/**
 * @param {LoungeShown} lounge
 * @param {string} booth
 * @returns {Stall | null}
 */
export const boothOf = (lounge, booth) => lounge.booths.booths[booth] ?? null;

/**
 * The booth that somebody represents, "" for none.
 * @param {LoungeShown | null} lounge
 * @param {Person | null} person
 */
export const ownBooth = (lounge, person) =>
  (person?.role === "rep" &&
    lounge?.exhibitors.find(({ organisation }) => organisation === person.organisation)?.id) ||
  "";

/** Whether somebody can be met, now or after the talk they are in. @param {Stall} stall */
export const present = (stall) =>
  Object.entries(stall.staff).filter(([, { state }]) => state === "free" || state === "talk");

/**
 * When the first of those who are away is expected; null if nobody knows.
 * @param {Stall} stall
 */
export function back(stall) {
  const times = Object.values(stall.staff).flatMap(({ until }) => (until === null ? [] : [until]));
  return times.length ? Math.min(...times) : null;
}

/**
 * @param {LoungeShown} lounge
 * @param {string} booth
 * @returns {Ticket | null}
 */
export const ticketOf = (lounge, booth) => lounge.booths.tickets[booth] ?? null;

/**
 * The talk one sits in, at this booth.
 * @param {LoungeShown} lounge
 * @param {string} booth
 * @returns {Counter | null}
 */
export function counterAt(lounge, booth) {
  const { counter } = lounge.booths;
  return counter?.booth === booth ? counter : null;
}

/**
 * Those who wait at one's own booth, in the order of their turns.
 * @param {LoungeShown} lounge
 * @param {string} booth
 * @returns {Ticket[]}
 */
export function queueAt({ booths }, booth) {
  const { desk } = booths;
  return desk?.booth === booth ? queueOf(desk, stallOf(booths, booth)) : [];
}

/**
 * Whom one has called and waits for.
 * @param {LoungeShown} lounge
 * @param {string} booth
 * @param {string} me
 */
export const myCall = (lounge, booth, me) =>
  queueAt(lounge, booth).find(({ calledBy }) => calledBy === me) ?? null;

/**
 * Which booth calls the reader, if one does; the turn before anything else.
 * @param {LoungeShown} lounge
 * @param {string} me
 * @param {number} now
 * @returns {BoothCall | null}
 */
export function callAtBooth({ booths }, me, now) {
  const sits = booths.counter;
  if (sits) {
    const { id, booth, reps } = sits;
    return { key: id, kind: "talk", booth, by: reps[0] ?? "", until: 0, counter: id };
  }
  for (const ticket of Object.values(booths.tickets)) {
    const { booth, calledBy, calledUntil, invited, counter, number } = ticket;
    if (calledBy === null || calledUntil === null || calledUntil <= now) continue;
    const key = `${booth} ${number} ${calledUntil}`;
    const kind = invited ? "invited" : "turn";
    return { key, kind, booth, by: calledBy, until: calledUntil, counter };
  }
  for (const { id, booth, handing } of Object.values(booths.doors)) {
    if (handing?.to !== me) continue;
    return { key: `${id} ${handing.by}`, kind: "hand-over", booth, by: handing.by, until: 0, counter: id };
  }
  return null;
}
