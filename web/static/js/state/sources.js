/** A stage's hall sources as this browser knows them. */

import { without } from "./records.js";

/** @typedef {import("../../wire.d.ts").SourcesShown} SourcesShown */
/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */

/** What the id of a camera begins with where otherwise a person's stands; no person's does. */
const CAMERA = "camera:";

/** @type {Record<string, (sources: SourcesShown, message: any) => SourcesShown>} */
const FOLDS = {
  "sources.shown": (_, view) => view,
  "source.aired": (sources, { place, name }) => ({
    ...sources,
    onAir: name === null ? without(sources.onAir, place) : { ...sources.onAir, [place]: name },
  }),
};

/**
 * @param {SourcesShown} sources
 * @param {{ type: string }} message
 * @returns {SourcesShown}
 */
export const fold = (sources, message) => FOLDS[message.type]?.(sources, message) ?? sources;

/**
 * The floor as it is to be seen: a camera that is on air stands in for whoever sits there.
 * @param {FloorShown} floor
 * @param {SourcesShown} sources
 * @returns {FloorShown}
 */
export function seen(floor, { onAir }) {
  const { screen, ...seats } = onAir;
  const cameras = Object.entries(seats).map(([seat, name]) => [
    seat,
    { person: CAMERA + name, since: 0 },
  ]);
  return {
    ...floor,
    screen: screen === undefined ? floor.screen : CAMERA + screen,
    seats: { ...floor.seats, ...Object.fromEntries(cameras) },
  };
}

/**
 * A camera as a directory of people would list it; nothing for a person.
 * @param {string} id
 * @returns {import("../../wire.d.ts").Person | undefined}
 */
export function cameraCalled(id) {
  if (!id.startsWith(CAMERA)) return undefined;
  const name = id.slice(CAMERA.length);
  return { id, name, role: "guest", organisation: "", place: "hall", languages: [] };
}
