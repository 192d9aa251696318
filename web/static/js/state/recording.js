/** What is recorded of a stage, as this browser knows it. */

import { amended, without } from "./records.js";

/** @typedef {import("../../wire.d.ts").RecordingShown} RecordingShown */
/** @typedef {import("../../wire.d.ts").Take} Take */

/** @type {Record<string, (recording: RecordingShown, message: any) => RecordingShown>} */
const FOLDS = {
  "recording.started": (recording, { span, item }) => ({ ...recording, span, item, stopped: null }),
  "recording.stopped": (recording, { why }) => ({
    ...recording,
    span: null,
    item: null,
    stopped: why,
  }),
  "recording.allowed": (recording, { people }) => ({ ...recording, allowed: people }),
  "recording.take-began": (recording, { take }) => ({
    ...recording,
    takes: { ...recording.takes, [take.id]: take },
  }),
  "recording.take-rolled": (recording, { take, at, suffix }) =>
    each(recording, [take], { firstAt: at, suffix }),
  "recording.take-ended": (recording, { take, at }) => each(recording, [take], { endedAt: at }),
  "recording.released": (recording, { takes, at }) => each(recording, takes, { releasedAt: at }),
  "recording.deleted": (recording, { takes }) => ({
    ...recording,
    takes: takes.reduce(without, recording.takes),
  }),
  "recording.space-noted": (recording, { space }) => ({ ...recording, space }),
};

/**
 * @param {RecordingShown} recording
 * @param {{ type: string }} message
 * @returns {RecordingShown}
 */
export const fold = (recording, message) => FOLDS[message.type]?.(recording, message) ?? recording;

/**
 * @param {RecordingShown} recording
 * @param {string[]} takes
 * @param {Partial<Take>} change
 */
const each = (recording, takes, change) => ({
  ...recording,
  takes: takes.reduce((all, id) => amended(all, id, change), recording.takes),
});

/**
 * The takes that are being recorded.
 * @param {RecordingShown} recording
 * @returns {Take[]}
 */
export const rolling = (recording) =>
  Object.values(recording.takes).filter(({ endedAt }) => endedAt === null);

/**
 * The items of which something may be seen again, each with its title, latest first.
 * @param {RecordingShown} recording
 * @returns {{ item: string, title: string }[]}
 */
export function released(recording) {
  /** @type {Map<string, { item: string, title: string }>} */
  const found = new Map();
  for (const { item, title, releasedAt, firstAt } of Object.values(recording.takes)) {
    if (releasedAt !== null && firstAt !== null) found.set(item, { item, title });
  }
  return [...found.values()].reverse();
}
