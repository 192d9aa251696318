/** Questions to the agenda as it is shown: what is on, what comes, when is my turn. */

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").ItemShown} ItemShown */
/** @typedef {{ id: string, stage: string, item: ItemShown, startsAt: number, endsAt: number, state: "done" | "live" | "waiting" | "skipped" }} Line */

const SLIGHT = 30; // seconds; less is not called late
const FOR_ALL = new Set(["round", "award", "tour"]);
const AT_HOME = new Set([...FOR_ALL, "welcome", "panel", "break"]);

/**
 * One stage's line.
 * @param {AgendaShown} agenda
 * @param {string} id
 */
export const stageOf = (agenda, id) => agenda.stages.find((stage) => stage.id === id);

/**
 * What runs on a stage now.
 * @param {AgendaShown} agenda
 * @param {string} id the stage's
 * @returns {{ live: import("../../wire.d.ts").LiveShown, item: ItemShown } | null}
 */
export function onNow(agenda, id) {
  const live = stageOf(agenda, id)?.live;
  return live ? { live, item: agenda.items[live.id] } : null;
}

/**
 * A stage's whole evening in the order it is lived: over, running, to come.
 * @param {AgendaShown} agenda
 * @param {string} id the stage's
 * @returns {Line[]}
 */
export function evening(agenda, id) {
  const stage = stageOf(agenda, id);
  if (!stage) return [];
  const past = stage.past
    .filter(({ how }) => how !== "deferred")
    .map(({ id: item, startedAt, endedAt, how }) =>
      how === "skipped"
        ? line(agenda, id, item, undefined, "skipped") // it stands where it was planned
        : line(agenda, id, item, [startedAt, endedAt], "done"),
    );
  const live = stage.live;
  const now = live ? [line(agenda, id, live.id, [live.startedAt, live.endsAt], "live")] : [];
  return [...past, ...now, ...upcoming(agenda, id)];
}

/**
 * What still waits on a stage, in order, with its predicted times.
 * @param {AgendaShown} agenda
 * @param {string} id the stage's
 * @returns {Line[]}
 */
export const upcoming = (agenda, id) =>
  (stageOf(agenda, id)?.waiting ?? []).map((item) =>
    line(agenda, id, item, agenda.times[item], "waiting"),
  );

/**
 * Everything with this person in it, on all stages, by time.
 * @param {AgendaShown} agenda
 * @param {string} person
 * @returns {Line[]}
 */
export const turnsOf = (agenda, person) =>
  agenda.stages
    .flatMap(({ id }) => evening(agenda, id))
    .filter(({ item }) => item.people.includes(person))
    .sort((a, b) => a.startsAt - b.startsAt);

/**
 * The next time this person is on, if it has not begun.
 * @param {AgendaShown} agenda
 * @param {string} person
 */
export const nextTurn = (agenda, person) =>
  turnsOf(agenda, person).find(({ state }) => state === "waiting");

/**
 * Whole minutes that the stage furthest behind is behind the plan; negative if all are ahead.
 * @param {AgendaShown} agenda
 */
export function behind(agenda) {
  const drifts = agenda.stages.filter(unfinished).map(({ drift }) => drift);
  const worst = drifts.length ? Math.max(...drifts) : 0;
  return Math.abs(worst) < SLIGHT ? 0 : Math.round(worst / 60);
}

/**
 * Where the evening stands.
 * @param {AgendaShown} agenda
 * @returns {"before" | "during" | "after"}
 */
export function phase(agenda) {
  if (!agenda.stages.some(unfinished)) return "after";
  return agenda.stages.some(({ live, past }) => live || past.length) ? "during" : "before";
}

/** @param {import("../../wire.d.ts").StageShown} stage */
const unfinished = ({ live, waiting }) => live !== null || waiting.length > 0;

/**
 * One's own lines and those meant for everybody, each once, by time.
 * @param {AgendaShown} agenda
 * @param {string} person
 * @returns {Line[]}
 */
export function eveningOf(agenda, person) {
  const mine = (/** @type {Line} */ { item }) => item.people.includes(person);
  const lines = agenda.stages
    .flatMap(({ id }) => evening(agenda, id))
    .sort((a, b) => a.startsAt - b.startsAt || Number(mine(b)) - Number(mine(a)));
  const own = lines.filter(mine).map(({ stage }) => stage);
  const home = new Set(own.length ? own : agenda.stages.slice(0, 1).map(({ id }) => id));
  const shared = new Set();
  return lines.filter((line) => {
    if (mine(line)) return true;
    if (!(home.has(line.stage) ? AT_HOME : FOR_ALL).has(line.item.kind)) return false;
    // The same break may stand in the running order of every stage.
    const key = `${line.item.title} ${line.item.startsAt}`;
    if (shared.has(key)) return false;
    shared.add(key);
    return true;
  });
}

/**
 * @param {AgendaShown} agenda
 * @param {string} stage
 * @param {string} id
 * @param {[number, number] | undefined} times
 * @param {Line["state"]} state
 * @returns {Line}
 */
function line(agenda, stage, id, times, state) {
  const item = agenda.items[id];
  const [startsAt, endsAt] = times ?? [item.startsAt, item.startsAt + item.seconds];
  return { id, stage, item, startsAt, endsAt, state };
}
