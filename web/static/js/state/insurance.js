/** A stage's insurance as this browser knows it. */

import { without } from "./records.js";

/** @typedef {import("../../wire.d.ts").InsuranceShown} InsuranceShown */
/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */

/** @type {Record<string, (insurance: InsuranceShown, message: any) => InsuranceShown>} */
const FOLDS = {
  "insurance.clip-laid": (insurance, { item, clip }) => ({
    ...insurance,
    clips: { ...insurance.clips, [item]: clip },
  }),
  "insurance.clip-taken-away": (insurance, { item }) => ({
    ...insurance,
    clips: without(insurance.clips, item),
  }),
  "insurance.began": (insurance, { playing }) => ({ ...insurance, playing }),
  "insurance.ended": (insurance) => ({ ...insurance, playing: null }),
  "insurance.went-without": (insurance, { person }) => ({ ...insurance, without: person }),
  "insurance.asked-for-phone": (insurance, { person, on }) => ({
    ...insurance,
    asked: on ? person : null,
  }),
  "insurance.used-phone": (insurance, { person, on }) => ({
    ...insurance,
    phones: listed(insurance.phones, person, on),
  }),
  "insurance.ruled": (insurance, { on }) => ({ ...insurance, stopsClock: on }),
  "insurance.held": (insurance, { item }) => ({ ...insurance, held: item }),
  "insurance.sighted": (insurance, { person, blind }) => ({
    ...insurance,
    blind: listed(insurance.blind, person, blind),
  }),
  "insurance.missed": (insurance, { person, seated, at }) => ({
    ...insurance,
    outage: { person, since: at, seated, offered: false, asks: false, keptAt: null },
  }),
  "insurance.offered": (insurance) => lasting(insurance, { offered: true }),
  "insurance.asked": (insurance) => lasting(insurance, { asks: true }),
  "insurance.kept": (insurance, { at }) => lasting(insurance, { asks: false, keptAt: at }),
  "insurance.returned": (insurance) => ({ ...insurance, outage: null }),
};

/**
 * @param {InsuranceShown} insurance
 * @param {{ type: string }} message
 * @returns {InsuranceShown}
 */
export const fold = (insurance, message) => FOLDS[message.type]?.(insurance, message) ?? insurance;

/**
 * @param {readonly string[]} people
 * @param {string} person
 * @param {boolean} on
 */
const listed = (people, person, on) => {
  const others = people.filter((each) => each !== person);
  return on ? [...others, person] : others;
};

/**
 * @param {InsuranceShown} insurance
 * @param {Partial<NonNullable<InsuranceShown["outage"]>>} changes
 */
const lasting = (insurance, changes) => ({
  ...insurance,
  outage: insurance.outage && { ...insurance.outage, ...changes },
});

/**
 * The floor as it is seen while a clip plays: its speaker has the seat, there or not.
 * @param {FloorShown} floor
 * @param {InsuranceShown} insurance
 * @returns {FloorShown}
 */
export function insured(floor, { playing }) {
  if (!playing || floor.seats.speaker) return floor;
  const speaker = { person: playing.person, since: playing.at };
  return { ...floor, seats: { ...floor.seats, speaker } };
}

/**
 * The floor with the lights out of whom only a sound comes where a picture was.
 * @param {FloorShown} floor
 * @param {InsuranceShown} insurance
 * @returns {FloorShown}
 */
export function sighted(floor, { blind }) {
  const cameras = blind.map((person) => `${person}/camera`);
  const lights = Object.entries(floor.lights).filter(([source]) => !cameras.includes(source));
  return blind.length ? { ...floor, lights: Object.fromEntries(lights) } : floor;
}
