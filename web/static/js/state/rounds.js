/** One's own rounds: with whom, why, or why one sits out; and when one is to be called. */

import { turnsOf } from "./agenda.js";
import { partners } from "./breakouts.js";
import { otherOf, sorted } from "./bookings.js";

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */
/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").Person} Person */
/** @typedef {import("../../wire.d.ts").RoundTime} RoundTime */

/**
 * Why somebody has no partner in a round.
 * @typedef {"unplanned" | "hidden" | "held" | "not-for-you" | "away" | "stage" | "booked" | "spread"} Out
 */

/**
 * @typedef {object} OwnRound
 * @property {RoundTime} turn
 * @property {string[]} with ids; none if one sits out, or does not know yet
 * @property {string[]} topics in common
 * @property {boolean} mutual
 * @property {Breakout | null} talk that was opened in it
 * @property {Out | null} out
 */

/**
 * What calls somebody away from wherever they are.
 * @typedef {object} Call
 * @property {string} key the same for the same talk
 * @property {"soon" | "now"} is
 * @property {"round" | "booked"} kind
 * @property {number} startsAt
 * @property {string[]} with nobody while partners are kept for the moment
 * @property {string} place "room", "table 3", "tablet 3"; "" before it begins
 */

export const AHEAD = 60; // seconds before a talk at which one is called

/**
 * All rounds as they are for one person.
 * @param {LoungeShown} lounge
 * @param {AgendaShown} agenda
 * @param {Person} me
 * @returns {OwnRound[]}
 */
export const ownRounds = (lounge, agenda, me) =>
  lounge.rounds.map((turn) => {
    const planned = lounge.pairing.mine.find(({ item }) => item === turn.item);
    const talk = talkOf(lounge, turn.item);
    const people = talk ? partners(talk, me.id) : (planned?.partners ?? []);
    const same = planned !== undefined && people.join() === planned.partners.join();
    return {
      turn,
      with: people,
      topics: same ? planned.topics : [],
      mutual: same && planned.mutual,
      talk,
      out: people.length && !(lounge.pairing.held && turn.how === "waiting") ? null : why(lounge, agenda, me, turn),
    };
  });

/**
 * The last talk of a round: somebody may have had to change.
 * @param {LoungeShown} lounge
 * @param {string} item
 */
function talkOf(lounge, item) {
  const talks = Object.values(lounge.breakouts).filter((each) => each.item === item);
  const on = talks.find(({ phase, givenUp }) => phase !== "over" && !givenUp);
  return on ?? talks.sort((a, b) => b.opensAt - a.opensAt)[0] ?? null;
}

/**
 * @param {LoungeShown} lounge
 * @param {AgendaShown} agenda
 * @param {Person} me
 * @param {RoundTime} turn
 * @returns {Out}
 */
function why({ pairing, rules, wishes, bookings }, agenda, me, turn) {
  const said = wishes.profiles[me.id]?.takesPart ?? null;
  const pairs = rules.between === "talent-company";
  if (pairs && me.role !== "talent" && me.role !== "rep") return "not-for-you";
  const desk = me.role === "organiser" || me.role === "moderator";
  if (said === false || (desk && said === null)) return "away";
  const overlaps = (/** @type {{ startsAt: number, endsAt: number }} */ { startsAt, endsAt }) =>
    startsAt < turn.endsAt && endsAt > turn.startsAt;
  if (turnsOf(agenda, me.id).some(overlaps)) return "stage";
  const agreed = Object.values(bookings.mine).filter(
    ({ stands, asker, owner }) => stands === "agreed" && [asker, owner].includes(me.id),
  );
  const spans = agreed.map(({ slots: [at], seconds }) => ({ startsAt: at, endsAt: at + seconds }));
  if (spans.some(overlaps)) return "booked";
  if (pairing.held && turn.how === "waiting") return "held";
  if (!pairing.planned) return "unplanned";
  return !rules.announced && turn.how === "waiting" ? "hidden" : "spread";
}

/**
 * The round that is on, or the next one; null when all are over.
 * @param {OwnRound[]} rounds
 */
export const nextRound = (rounds) =>
  rounds.find(({ turn }) => turn.how === "live" || turn.how === "paused") ??
  rounds.find(({ turn }) => turn.how === "waiting") ??
  null;

/**
 * The call for a talk that is on and that one has not come to, or that begins within a minute.
 * Nobody is called who is on a stage, or who talks to somebody already.
 * @param {LoungeShown} lounge
 * @param {AgendaShown} agenda
 * @param {Person} me
 * @param {number} now
 * @returns {Call | null}
 */
export function called(lounge, agenda, me, now) {
  if (turnsOf(agenda, me.id).some(({ state }) => state === "live")) return null;
  const talks = Object.values(lounge.breakouts).filter(({ phase }) => phase !== "over");
  if (talks.some((talk) => talking(talk, me.id))) return null;
  const open = talks.filter(({ entered, givenUp }) => !(me.id in entered) && !givenUp);
  const [talk] = open.sort((a, b) => b.opensAt - a.opensAt);
  return talk ? begun(talk, me.id) : (soon(lounge, agenda, me, now)[0] ?? null);
}

/**
 * @param {Breakout} talk
 * @param {string} me
 */
const talking = ({ entered }, me) => me in entered && Object.keys(entered).length > 1;

/**
 * @param {Breakout} talk
 * @param {string} me
 * @returns {Call}
 */
const begun = (talk, me) => ({
  key: talk.kind === "round" ? talk.item : `${talk.item} ${talk.opensAt}`,
  is: "now",
  kind: talk.kind,
  startsAt: talk.opensAt,
  with: partners(talk, me),
  place: talk.places[me] ?? "",
});

/**
 * @param {LoungeShown} lounge
 * @param {AgendaShown} agenda
 * @param {Person} me
 * @param {number} now
 * @returns {Call[]}
 */
function soon(lounge, agenda, me, now) {
  const near = (/** @type {number} */ at) => at > now && at - now <= AHEAD;
  const rounds = ownRounds(lounge, agenda, me)
    .filter(({ turn, out }) => turn.how === "waiting" && (out === null || out === "hidden"))
    .map(({ turn, with: people }) => call(turn.item, "round", turn.startsAt, people));
  const booked = sorted(lounge.bookings, me.id, now).agreed.map((booking) => {
    const [at] = booking.slots;
    return call(`${booking.id} ${at}`, "booked", at, [otherOf(booking, me.id)]);
  });
  return [...booked, ...rounds]
    .filter(({ startsAt }) => near(startsAt))
    .sort((a, b) => a.startsAt - b.startsAt);
}

/**
 * @param {string} key
 * @param {Call["kind"]} kind
 * @param {number} startsAt
 * @param {string[]} people
 * @returns {Call}
 */
const call = (key, kind, startsAt, people) => ({
  key,
  is: "soon",
  kind,
  startsAt,
  with: people,
  place: "",
});

/**
 * Whether a call is worth a sound: once a minute before, once when it begins.
 * @param {Call | null} before
 * @param {Call | null} now
 */
export const rings = (before, now) =>
  now !== null && (before?.key !== now.key || before.is !== now.is);
