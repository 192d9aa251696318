/** How much of an item is left, from absolute times; nothing here ticks. */

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").LiveShown} LiveShown */
/** @typedef {"calm" | "soon" | "over" | "paused"} ClockState */
/** @typedef {{ state: ClockState, seconds: number, fraction: number }} Reading */

export const SOON = 60; // seconds

/**
 * A running item at one instant; `seconds` is what is left, negative when over time.
 * @param {LiveShown} live
 * @param {number} now house time
 * @param {number} drawn the house time of the view; while paused nothing moves after it
 * @returns {Reading}
 */
export function remaining(live, now, drawn) {
  const paused = live.pausedAt !== null;
  const seconds = live.endsAt - (paused ? drawn : now);
  const fraction = Math.min(1, Math.max(0, seconds / (live.seconds || 1)));
  const running = seconds < 0 ? "over" : seconds <= SOON ? "soon" : "calm";
  return { state: paused ? "paused" : running, seconds, fraction };
}

/**
 * How many bells have rung before a start: at twenty minutes, ten, one.
 * @param {number} startsAt
 * @param {number} now
 * @returns {0 | 1 | 2 | 3}
 */
export function rung(startsAt, now) {
  const left = startsAt - now;
  if (left <= 60) return 3;
  if (left <= 600) return 2;
  return left <= 1200 ? 1 : 0;
}
