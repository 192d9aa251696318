/** Whom the reader keeps away, and the reports the reader may see. */

import { parted } from "./contacts.js";

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").SafetyShown} SafetyShown */

/** @type {Record<string, (safety: SafetyShown, event: any) => SafetyShown>} */
const FOLDS = {
  "safety.blocked": (safety, { person, on }) => {
    const others = safety.blocked.filter((each) => each !== person);
    return { ...safety, blocked: on ? [...others, person].sort() : others };
  },
  "safety.reported": (safety, { id, by, person, where, place, at }) => {
    const report = { id, by, person, where, place, at, settledBy: null, settledAt: null };
    const others = safety.reports.filter((each) => each.id !== id);
    return { ...safety, reports: [...others, report] };
  },
  "safety.settled": (safety, { id, settledBy, at }) => ({
    ...safety,
    reports: safety.reports.map((each) =>
      each.id === id ? { ...each, settledBy, settledAt: at } : each,
    ),
  }),
};

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} event
 * @returns {LoungeShown}
 */
export function fold(shown, event) {
  const safety = FOLDS[event.type]?.(shown.safety, event) ?? shown.safety;
  const news = safety.blocked.find((person) => !shown.safety.blocked.includes(person));
  return { ...(news ? parted(shown, news) : shown), safety };
}
