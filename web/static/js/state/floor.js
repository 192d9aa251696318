/** A stage's floor as this browser knows it. */

import { amended, having, without } from "./records.js";

/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */

const PROMPTS_KEPT = 50; // with each person, as rooms/floor.py keeps

/** @type {Record<string, (floor: FloorShown, event: any) => FloorShown>} */
const FOLDS = {
  "floor.cued": (floor, { live, upcoming, at }) => ({
    ...floor,
    live,
    upcoming,
    cuedAt: at,
    wrapUpAt: live?.item === floor.live?.item ? floor.wrapUpAt : null,
  }),
  "floor.entered": (floor, { person, at }) => ({
    ...floor,
    greenRoom: { ...floor.greenRoom, [person]: { since: at, state: "absent", agreed: false } },
  }),
  "floor.went-out": (floor, { person }) => ({
    ...floor,
    greenRoom: without(floor.greenRoom, person),
  }),
  "floor.said-ready": (floor, { person, state }) => ({
    ...floor,
    greenRoom: amended(floor.greenRoom, person, { state }),
  }),
  "floor.agreed": (floor, { person, on }) => ({
    ...floor,
    greenRoom: amended(floor.greenRoom, person, { agreed: on }),
  }),
  "floor.seated": (floor, { seat, person, at }) => ({
    ...floor,
    seats: { ...floor.seats, [seat]: { person, since: at } },
    greenRoom: without(floor.greenRoom, person),
    hands: without(floor.hands, person),
    invited: having(floor.invited, person, false),
    wrapUpAt: seat === "speaker" ? null : floor.wrapUpAt,
  }),
  "floor.vacated": (floor, { seat }) => ({
    ...floor,
    seats: without(floor.seats, seat),
    wrapUpAt: seat === "speaker" ? null : floor.wrapUpAt,
  }),
  "floor.shared": (floor, { person }) => ({ ...floor, screen: person }),
  "floor.hand-raised": (floor, { person, up, at }) => ({
    ...floor,
    hands: up ? { ...floor.hands, [person]: at } : without(floor.hands, person),
  }),
  "floor.invited": (floor, { person, on }) => ({
    ...floor,
    invited: having(floor.invited, person, on),
  }),
  "floor.asked-to-wrap-up": (floor, { at }) => ({ ...floor, wrapUpAt: at }),
  "floor.prompted": (floor, event) => ({ ...floor, prompts: prompted(floor.prompts, event) }),
  "floor.source-lit": (floor, { person, what, state }) => ({
    ...floor,
    lights:
      state === "gone"
        ? without(floor.lights, `${person}/${what}`)
        : { ...floor.lights, [`${person}/${what}`]: state },
  }),
};

/**
 * @param {FloorShown} floor
 * @param {{ type: string }} message
 * @returns {FloorShown}
 */
export const fold = (floor, message) => FOLDS[message.type]?.(floor, message) ?? floor;

/**
 * All lines and the new one; of those with one person only the last are kept.
 * @param {FloorShown["prompts"]} prompts
 * @param {FloorShown["prompts"][number]} event
 */
function prompted(prompts, event) {
  const all = [...prompts, event];
  const surplus = all.filter(({ person }) => person === event.person).length - PROMPTS_KEPT;
  if (surplus <= 0) return all;
  const oldest = all.findIndex(({ person }) => person === event.person);
  return all.filter((_, place) => place !== oldest);
}
