/** A stage's hall sources as this browser knows them. */

import { without } from "./records.js";

/** @typedef {import("../../wire.d.ts").SourcesShown} SourcesShown */

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
