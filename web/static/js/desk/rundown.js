/** One stage's line as the desk shows it: rows, drift, and what the main keys would do now. */

import { evening } from "../state/agenda.js";

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").StageShown} StageShown */
/** @typedef {import("../state/agenda.js").Line} Line */

const PAST_ROWS = 2; // what was is soon of no use to those who look ahead

/**
 * When everything that waits will begin and end, counted on from the agenda's last picture
 * while what runs overruns or stands still. Delay is eaten by gaps, as in the house itself.
 * @param {AgendaShown} agenda
 * @param {StageShown} stage
 * @param {number} now
 * @returns {Map<string, {startsAt: number, endsAt: number}>}
 */
export function expected(agenda, stage, now) {
  /** @type {Map<string, {startsAt: number, endsAt: number}>} */
  const times = new Map();
  let free = now;
  if (stage.live) {
    free = Math.max(now, liveEnd(agenda, stage.live, now));
    times.set(stage.live.id, { startsAt: stage.live.startedAt, endsAt: free });
  }
  for (const id of stage.waiting) {
    const [from, to] = agenda.times[id] ?? [free, free];
    const startsAt = Math.max(from, free);
    free = startsAt + (to - from);
    times.set(id, { startsAt, endsAt: free });
  }
  return times;
}

/**
 * When the time of what runs is up; while it is paused that moves on with the clock.
 * @param {AgendaShown} agenda
 * @param {NonNullable<StageShown["live"]>} live
 * @param {number} now
 */
export function liveEnd(agenda, live, now) {
  return live.pausedAt === null ? live.endsAt : live.endsAt + Math.max(0, now - agenda.now);
}

/**
 * Seconds this stage is behind its plan, counted on while it overruns or stands still.
 * @param {AgendaShown} agenda
 * @param {StageShown} stage
 * @param {number} now
 */
export function driftNow(agenda, stage, now) {
  const turn = stage.live?.id ?? stage.waiting[0];
  const expectedThen = turn === undefined ? undefined : agenda.times[turn];
  if (turn === undefined || expectedThen === undefined) return stage.drift;
  const moment = expected(agenda, stage, now).get(turn);
  if (!moment) return stage.drift;
  const grown = stage.live ? moment.endsAt - expectedThen[1] : moment.startsAt - expectedThen[0];
  return stage.drift + Math.max(0, grown);
}

/**
 * The last of what was, and all that is to come, with the times expected now.
 * @param {AgendaShown} agenda
 * @param {StageShown} stage
 * @param {number} now
 * @returns {Line[]}
 */
export function rows(agenda, stage, now) {
  const times = expected(agenda, stage, now);
  const all = evening(agenda, stage.id);
  const over = all.filter(({ state }) => state === "done" || state === "skipped");
  const ahead = all.slice(over.length).map((line) => ({ ...line, ...times.get(line.id) }));
  return [...over.slice(-PAST_ROWS), ...ahead];
}

/**
 * Seconds by which a line is, or is expected to be, behind its plan.
 * @param {Line} line
 */
export const lateness = (line) => line.startsAt - line.item.startsAt;

/**
 * What the big button does now, as a command that carries the item meant.
 * @param {AgendaShown} agenda
 * @param {StageShown} stage
 * @returns {{command: object, item: string, what: "start" | "finish"} | null}
 */
export function nextStep(agenda, stage) {
  const head = stage.waiting[0];
  if (head !== undefined) {
    return { what: "start", item: head, command: startOf(stage, head) };
  }
  if (!stage.live) return null;
  const item = stage.live.id;
  return { what: "finish", item, command: { type: "agenda.finish", stage: stage.id, item } };
}

/**
 * Begin this one now, whatever waits before it.
 * @param {StageShown} stage
 * @param {string} item
 */
export function startOf(stage, item) {
  return { type: "agenda.start", stage: stage.id, item, after: stage.live?.id ?? null };
}

/**
 * More or less time for what runs.
 * @param {StageShown} stage
 * @param {number} minutes
 */
export function extension(stage, minutes) {
  if (!stage.live) return null;
  return { type: "agenda.extend", stage: stage.id, item: stage.live.id, seconds: minutes * 60 };
}

/**
 * Stop the clock or the stage, or let it go on.
 * @param {StageShown} stage
 */
export function pausing(stage) {
  const { id, live } = stage;
  const halted = live ? live.pausedAt !== null : stage.held;
  const type = halted ? "agenda.resume" : "agenda.pause";
  return { halted, command: { type, stage: id, item: live?.id ?? null } };
}

/**
 * The camera failed: who is on goes back into the queue and the next one begins; with
 * nobody on, the first two who wait change places.
 * @param {StageShown} stage
 */
export function swapping(stage) {
  const [first, second] = stage.live ? [stage.live.id, stage.waiting[0]] : stage.waiting;
  if (first === undefined || second === undefined) return null;
  return { first, second, command: { type: "agenda.swap", stage: stage.id, first, second } };
}

/**
 * Put an item one place earlier or later among those that wait.
 * @param {StageShown} stage
 * @param {string} item
 * @param {-1 | 1} by
 */
export function shift(stage, item, by) {
  const to = stage.waiting.indexOf(item) + by;
  if (to < 0 || to >= stage.waiting.length) return null;
  return { type: "agenda.move", stage: stage.id, item, to };
}

/**
 * The last deed at any stage, which an undo takes back.
 * @param {AgendaShown} agenda
 */
export function undoing(agenda) {
  return agenda.last && { type: "agenda.undo", last: agenda.last.number };
}
