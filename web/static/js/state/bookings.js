/** The talks one has asked for, been asked for and agreed on, as this browser knows them. */

/** @typedef {import("../../wire.d.ts").Booking} Booking */
/** @typedef {import("../../wire.d.ts").BookingsShown} BookingsShown */
/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

const REMEMBERED = 12 * 3600; // seconds for which a request that came to nothing is still shown
const LATEST = 5; // of those

/** The events that this part folds. */
export const EVENTS = ["booking.changed"];

/**
 * @param {LoungeShown} shown
 * @param {{ booking: Booking }} message
 * @returns {LoungeShown}
 */
export function fold(shown, { booking }) {
  const mine = { ...shown.bookings.mine, [booking.id]: booking };
  return { ...shown, bookings: { ...shown.bookings, mine } };
}

/**
 * What there is, by what the reader can do about it.
 * @typedef {object} Sorted
 * @property {Booking[]} moved the agenda is in the way of these
 * @property {Booking[]} asked they wait for the reader's answer
 * @property {Booking[]} inbox they wait for a colleague's
 * @property {Booking[]} agreed what is ahead, the next first
 * @property {Booking[]} waiting they wait for the other side's answer
 * @property {Booking[]} past what came to nothing, the newest first
 */

/**
 * @param {BookingsShown} shown
 * @param {string} me the reader's id
 * @param {number} now Unix seconds
 * @returns {Sorted}
 */
export function sorted({ mine }, me, now) {
  const all = Object.values(mine);
  const own = all.filter((booking) => between(booking, me));
  const open = all.filter(({ stands }) => stands === "asked").sort((a, b) => a.since - b.since);
  const agreed = own
    .filter(({ stands }) => stands === "agreed")
    .sort((a, b) => a.slots[0] - b.slots[0]);
  return {
    moved: agreed.filter(({ conflict }) => conflict !== null),
    asked: open.filter(({ turn }) => turn === me),
    inbox: open.filter((booking) => !between(booking, me) && booking.turn === booking.owner),
    agreed: agreed.filter(({ conflict }) => conflict === null),
    waiting: open.filter((booking) => between(booking, me) && booking.turn !== me),
    past: own
      .filter(({ stands, since }) => ENDED.includes(stands) && now - since < REMEMBERED)
      .sort((a, b) => b.since - a.since)
      .slice(0, LATEST),
  };
}

const ENDED = ["declined", "withdrawn", "cancelled", "expired", "missed"];

/**
 * Whether one is one of the two who meet.
 * @param {Booking} booking
 * @param {string} me
 */
export const between = ({ asker, owner }, me) => asker === me || owner === me;

/**
 * Whom this one of the two meets.
 * @param {Booking} booking
 * @param {string} me
 */
export const otherOf = ({ asker, owner }, me) => (asker === me ? owner : asker);

/**
 * The colleagues who share an organisation's inbox.
 * @param {Record<string, import("../../wire.d.ts").Person>} people
 * @param {string} organisation
 */
export const colleagues = (people, organisation) =>
  Object.values(people).filter(
    (person) => person.role === "rep" && organisation !== "" && person.organisation === organisation,
  );

/**
 * The organisations that have representatives here, by name.
 * @param {Record<string, import("../../wire.d.ts").Person>} people
 */
export const organisations = (people) =>
  [
    ...new Set(Object.values(people).flatMap((each) => (each.role === "rep" ? each.organisation : []))),
  ]
    .filter(Boolean)
    .sort((a, b) => a.localeCompare(b));

/**
 * Whether the gathering lets these two meet at all.
 * @param {"talent-company" | "all"} rule
 * @param {import("../../wire.d.ts").Person["role"]} one
 * @param {import("../../wire.d.ts").Person["role"]} other
 */
export const sidesFit = (rule, one, other) =>
  rule === "all" || [one, other].sort().join() === "rep,talent";
