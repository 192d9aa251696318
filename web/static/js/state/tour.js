/** The tour as this browser knows it, and whether this window goes along. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").TourShown} TourShown */

/** @type {Record<string, (tour: TourShown, event: any, me: string) => TourShown>} */
const FOLDS = {
  "tour.planned": (tour, { stops }) => ({ ...tour, stops }),
  "tour.began": (tour, { item, at }) => ({
    ...tour,
    item,
    at,
    stop: null,
    following: false,
    followers: 0,
  }),
  "tour.went": (tour, { stop, at }) => ({ ...tour, stop, at }),
  "tour.followed": (tour, { person, on }, me) =>
    person === me ? { ...tour, following: on } : tour,
  "tour.ended": (tour) => ({
    ...tour,
    item: null,
    stop: null,
    at: 0,
    following: false,
    followers: 0,
  }),
  "tour.followers": (tour, { count }) => ({ ...tour, followers: count }),
};

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} event
 * @param {string} me the reader's id
 * @returns {LoungeShown}
 */
export const fold = (shown, event, me) => {
  const tour = FOLDS[event.type]?.(shown.tour, event, me);
  return tour ? { ...shown, tour } : shown;
};

export const EVENTS = Object.keys(FOLDS);

/** Where somebody talks, speaks or leads, and is not led away from. */
const STAYS = [
  /^\/talks\/now$/,
  /^\/tables\/./,
  /^\/booths\/[^/]+\/(talk|desk)$/,
  /^\/stage\/[^/]+\/(green-room|desk)$/,
];

/** Whether a page is one that nobody is led away from. @param {string} path */
export const stays = (path) => STAYS.some((each) => each.test(path));

/**
 * What this window remembers of a tour, as long as it is open.
 * @typedef {object} Trail
 * @property {string | null} item the tour that this window goes along with
 * @property {number} at since when the stop is one that this window was led to
 * @property {string | null} declined a tour that this window does not go along with
 */

/** @type {Trail} */
export const NOWHERE = { item: null, at: 0, declined: null };

/** Whether this window goes along. @param {TourShown} tour @param {Trail} trail */
export const goesAlong = (tour, trail) =>
  tour.item !== null && tour.following && trail.item === tour.item;

/** Whether to invite: a tour is on, and nobody here has said yes or no. */
/** @param {TourShown} tour @param {Trail} trail */
export const invites = (tour, trail) =>
  tour.item !== null && !goesAlong(tour, trail) && trail.declined !== tour.item;

/**
 * Where to go now: to a stop this window was not led to yet, unless it is there already.
 * Who then looks elsewhere stays there until the next stop.
 * @param {TourShown} tour
 * @param {Trail} trail
 * @param {string} path where this window is
 * @param {boolean} busy whether somebody is writing or talking here
 * @returns {{ to: string | null, trail: Trail }} the trail once that is done
 */
export function led(tour, trail, path, busy) {
  if (!goesAlong(tour, trail) || tour.stop === null || tour.at === trail.at) {
    return { to: null, trail };
  }
  const after = { ...trail, at: tour.at };
  if (path === tour.stop) return { to: null, trail: after };
  return busy || stays(path) ? { to: null, trail } : { to: tour.stop, trail: after };
}

/**
 * The stands of a tour in order: as chosen at the desk, else all booths, then all works.
 * @param {TourShown} tour
 * @param {{ id: string }[]} booths
 * @param {{ id: string }[]} exhibits
 * @returns {string[]}
 */
export const route = (tour, booths, exhibits) =>
  tour.stops.length
    ? tour.stops
    : [...booths.map(({ id }) => `/booths/${id}`), ...exhibits.map(({ id }) => `/exhibition/${id}`)];

/**
 * The stands before and after the one where the tour is.
 * @param {string[]} stops
 * @param {string | null} stop
 * @returns {{ before: string | undefined, after: string | undefined }}
 */
export function beside(stops, stop) {
  const at = stop === null ? -1 : stops.indexOf(stop);
  return { before: at > 0 ? stops[at - 1] : undefined, after: stops[at + 1] };
}
