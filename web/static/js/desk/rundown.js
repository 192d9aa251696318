/** One stage's line as the desk shows it: rows, drift, and what the main keys would do now. */

/** @typedef {import("../../wire").AgendaShown} AgendaShown */
/** @typedef {import("../../wire").StageShown} StageShown */
/** @typedef {"done" | "skipped" | "air" | "next" | "waiting"} RowState */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} title
 * @property {string} kind
 * @property {readonly string[]} people
 * @property {RowState} state
 * @property {number} startsAt  As it was or is expected; Unix seconds.
 * @property {number} plannedAt
 * @property {number} seconds  Planned length.
 * @property {number} drift  Seconds it is behind the plan; negative when ahead.
 * @property {boolean} fixed  An appointment that must not come late.
 * @property {boolean} byHand  Waits for somebody to start it.
 */

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
 * @param {AgendaShown} agenda
 * @param {StageShown} stage
 * @param {number} now
 * @returns {Row[]}
 */
export function rows(agenda, stage, now) {
  const past = stage.past.filter((each) => each.how !== "deferred").slice(-PAST_ROWS);
  const times = expected(agenda, stage, now);
  const ahead = [...(stage.live ? [stage.live.id] : []), ...stage.waiting];
  return [
    ...past.map((each) =>
      row(agenda, each.id, each.how === "skipped" ? "skipped" : "done", each.startedAt),
    ),
    ...ahead.map((id) => row(agenda, id, stateOf(stage, id), times.get(id)?.startsAt ?? now)),
  ].filter((each) => each !== null);
}

/**
 * @param {AgendaShown} agenda
 * @param {string} id
 * @param {RowState} state
 * @param {number} startsAt
 * @returns {Row | null}
 */
function row(agenda, id, state, startsAt) {
  const item = agenda.items[id];
  if (!item) return null;
  return {
    id,
    state,
    startsAt,
    title: item.title,
    kind: item.kind,
    people: item.people,
    plannedAt: item.startsAt,
    seconds: item.seconds,
    drift: startsAt - item.startsAt,
    fixed: item.fixed,
    byHand: !item.starts,
  };
}

/**
 * @param {StageShown} stage
 * @param {string} id
 * @returns {RowState}
 */
function stateOf(stage, id) {
  if (stage.live?.id === id) return "air";
  return stage.waiting[0] === id ? "next" : "waiting";
}

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
