/** One's own talks as this browser knows them, and which of them is on; as rooms/breakout.py. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

const WARNINGS = /** @type {const} */ ([60, 15]); // seconds before the farewell

/** @type {Record<string, (talk: Breakout, event: any) => Breakout>} */
const FOLDS = {
  "breakout.entered": (talk, { person, at }) => ({
    ...talk,
    entered: { ...talk.entered, [person]: at },
    came: withOne(talk.came, person),
    missing: without(talk.missing, person),
    givenUp: false,
  }),
  "breakout.left": (talk, { person }) => ({
    ...talk,
    entered: Object.fromEntries(Object.entries(talk.entered).filter(([each]) => each !== person)),
    wantsMore: without(talk.wantsMore, person),
  }),
  "breakout.missed": (talk, { missing }) => ({ ...talk, missing }),
  "breakout.given-up": (talk) => ({ ...talk, givenUp: true }),
  "breakout.wanted-more": (talk, { person, on }) => ({
    ...talk,
    wantsMore: on ? withOne(talk.wantsMore, person) : without(talk.wantsMore, person),
  }),
  "breakout.retimed": (talk, { endsAt, closesAt, pausedAt, extended }) => ({
    ...talk,
    endsAt,
    closesAt,
    pausedAt,
    wantsMore: extended > talk.extended ? [] : talk.wantsMore,
    extended,
    phase: "open",
  }),
  "breakout.farewell": (talk, { closesAt }) => ({ ...talk, closesAt, phase: "farewell" }),
  "breakout.closed": (talk, { at }) => ({ ...talk, phase: "over", closesAt: at, entered: {} }),
  "breakout.agreed-direct": (talk, { person, on }) => ({
    ...talk,
    direct: on ? withOne(talk.direct, person) : without(talk.direct, person),
  }),
};

/** The events that are folded here. */
export const EVENTS = ["breakout.opened", ...Object.keys(FOLDS)];

/**
 * @param {LoungeShown} shown
 * @param {any} event
 * @returns {LoungeShown}
 */
export function fold(shown, event) {
  const opened = event.type === "breakout.opened";
  const known = opened ? event.breakout : shown.breakouts[event.breakout];
  if (!known) return shown;
  const talk = opened ? known : (FOLDS[event.type]?.(known, event) ?? known);
  return { ...shown, breakouts: { ...shown.breakouts, [talk.id]: talk } };
}

/**
 * The talk to be shown: the one that is on, else the last one, whose cards stay.
 * @param {Record<string, Breakout>} talks
 * @param {string} me
 * @param {string} [shown] the one shown now; it stays while somebody is there with whom one talks
 * @returns {Breakout | null}
 */
export function present(talks, me, shown = "") {
  const all = Object.values(talks).sort((a, b) => b.opensAt - a.opensAt || (a.id < b.id ? 1 : -1));
  const on = all.filter(({ phase }) => phase !== "over");
  const talking = on.filter(({ entered }) => me in entered && Object.keys(entered).length > 1);
  const waiting = on.filter(({ givenUp }) => !givenUp);
  return (
    talking.find(({ id }) => id === shown) ??
    talking[0] ??
    waiting[0] ??
    on[0] ??
    all.sort((a, b) => b.closesAt - a.closesAt)[0] ??
    null
  );
}

/**
 * Whether one who waits in `from` in vain goes over to `to` without being asked.
 * @param {Breakout | null | undefined} from
 * @param {Breakout} to
 * @param {string} me
 */
export const goesOver = (from, to, me) =>
  Boolean(from && from.id !== to.id && from.item === to.item && from.came.includes(me));

/**
 * Those one talks with.
 * @param {Breakout} talk
 * @param {string} me
 */
export const partners = ({ people }, me) => people.filter((each) => each !== me);

/** @typedef {{ state: "calm" | "soon" | "paused", farewell: boolean, seconds: number, fraction: number }} Reading */

/**
 * What the clock shows: until the farewell, then until the end.
 * @param {Breakout} talk
 * @param {number} now
 * @returns {Reading}
 */
export function reading({ phase, opensAt, endsAt, closesAt, pausedAt }, now) {
  const farewell = phase === "farewell";
  const until = farewell ? closesAt : endsAt;
  const from = farewell ? endsAt : opensAt;
  const seconds = Math.max(0, until - (pausedAt ?? now));
  const fraction = Math.min(1, seconds / Math.max(1, until - from));
  const soon = farewell || seconds <= WARNINGS[0];
  const state = pausedAt !== null ? "paused" : soon ? "soon" : "calm";
  return { state, farewell, seconds, fraction };
}

/**
 * The warning that is due between two readings of the same talk: at 60 and at 15 seconds.
 * @param {Reading} before
 * @param {Reading} after
 * @returns {number} 0 if none
 */
export function warning(before, after) {
  if (after.state !== "soon" || after.farewell) return 0;
  return WARNINGS.findLast((at) => before.seconds > at && after.seconds <= at) ?? 0;
}

/**
 * @param {string[]} all
 * @param {string} one
 */
const withOne = (all, one) => (all.includes(one) ? all : [...all, one]);

/**
 * @param {string[]} all
 * @param {string} one
 */
const without = (all, one) => all.filter((each) => each !== one);
