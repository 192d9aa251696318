/** One's own rounds as a browser works them out: partners, reasons, and calls to a talk. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold } from "../../../web/static/js/state/pairing.js";
import { called, nextRound, ownRounds, rings } from "../../../web/static/js/state/rounds.js";

const TURN = { item: "r1", title: "Round 1", startsAt: 1000, endsAt: 1540, how: "waiting" };
const NEXT = { item: "r2", title: "Round 2", startsAt: 1600, endsAt: 2140, how: "waiting" };
const RULES = { between: "talent-company", announced: true };
const CARLA = { item: "r1", partners: ["carla"], topics: ["Photonik"], mutual: true };
const ELIF = { id: "elif", role: "talent" };
const KONRAD = { id: "konrad", role: "guest" };
const NOTHING_ON = { now: 900, items: {}, times: {}, stages: [] };

/** @param {object} [changed] */
const lounge = (changed) => ({
  rounds: [TURN, NEXT],
  rules: RULES,
  pairing: { mine: [CARLA], planned: true, held: false, desk: null, talks: null },
  wishes: { profiles: {}, mine: [], refused: [] },
  bookings: { mine: {} },
  breakouts: {},
  ...changed,
});

/** @param {object} [changed] */
const talk = (changed) => ({
  id: "b1", kind: "round", people: ["carla", "elif"], item: "r1", opensAt: 1000, endsAt: 1520,
  closesAt: 1540, phase: "open", entered: {}, came: [], givenUp: false,
  places: { carla: "room", elif: "tablet 1" },
  ...changed,
});

/** Somebody on a stage from one moment to another. */
const staged = (startedAt, endsAt) => ({
  now: 900,
  items: { pitch: { people: ["elif"], kind: "pitch.talent", startsAt: startedAt, seconds: 60 } },
  times: {},
  stages: [{ id: "s", waiting: [], past: [], live: { id: "pitch", startedAt, endsAt } }],
});

const outs = (shown, agenda = NOTHING_ON, me = ELIF) =>
  ownRounds(shown, agenda, me).map(({ out }) => out);

test("one knows with whom, why, and in which round one sits out", () => {
  const [first, second] = ownRounds(lounge(), NOTHING_ON, ELIF);
  assert.deepEqual([first.with, first.topics, first.mutual, first.out], [["carla"], ["Photonik"], true, null]);
  assert.deepEqual([second.with, second.out], [[], "spread"]);
});

test("who has no partner reads why", () => {
  const nobody = { mine: [], planned: true, held: false };
  assert.deepEqual(outs(lounge({ pairing: { ...nobody, planned: false } })), ["unplanned", "unplanned"]);
  assert.deepEqual(outs(lounge({ pairing: { ...nobody, held: true } })), ["held", "held"]);
  const secret = { pairing: nobody, rules: { ...RULES, announced: false } };
  assert.deepEqual(outs(lounge(secret)), ["hidden", "hidden"]);
  assert.deepEqual(outs(lounge(), NOTHING_ON, KONRAD)[1], "not-for-you");
  const away = { profiles: { elif: { takesPart: false } } };
  assert.deepEqual(outs(lounge({ wishes: away }))[1], "away");
  const booked = { stands: "agreed", asker: "elif", owner: "ruth", slots: [1700], seconds: 600 };
  assert.deepEqual(outs(lounge({ bookings: { mine: { m1: booked } } })), [null, "booked"]);
  assert.deepEqual(outs(lounge({ pairing: nobody }), staged(950, 1100)), ["stage", "spread"]);
});

test("after a no-show the talk that was opened says with whom, and not the plan", () => {
  const first = talk({ givenUp: true });
  const other = talk({ id: "b2", people: ["elif", "rico"], opensAt: 1045 });
  const on = { rounds: [{ ...TURN, how: "live" }], breakouts: { b1: first, b2: other } };
  const [round] = ownRounds(lounge(on), NOTHING_ON, ELIF);
  assert.deepEqual([round.with, round.topics, round.talk?.id], [["rico"], [], "b2"]);
});

test("the next round is the one that is on, else the first that waits", () => {
  const rounds = ownRounds(lounge({ rounds: [{ ...TURN, how: "over" }, NEXT] }), NOTHING_ON, ELIF);
  assert.equal(nextRound(rounds)?.turn.item, "r2");
  assert.equal(nextRound([]), null);
});

test("one is called a minute before, and again when the talk begins", () => {
  assert.equal(called(lounge(), NOTHING_ON, ELIF, 939), null);
  const soon = called(lounge(), NOTHING_ON, ELIF, 940);
  assert.deepEqual(soon, { key: "r1", is: "soon", kind: "round", startsAt: 1000, with: ["carla"], place: "" });
  const now = called(lounge({ breakouts: { b1: talk() } }), NOTHING_ON, ELIF, 1001);
  assert.deepEqual(now, { key: "r1", is: "now", kind: "round", startsAt: 1000, with: ["carla"], place: "tablet 1" });
  assert.deepEqual([rings(null, soon), rings(soon, soon), rings(soon, now), rings(now, null)], [true, false, true, false]);
});

test("one is called to an arranged talk as well", () => {
  const booked = {
    id: "m1", stands: "agreed", asker: "elif", owner: "ruth", slots: [950], seconds: 600, conflict: null,
  };
  const call = called(lounge({ bookings: { mine: { m1: booked } } }), NOTHING_ON, ELIF, 900);
  assert.deepEqual([call?.kind, call?.with], ["booked", ["ruth"]]);
});

test("nobody is called who is on stage, talks already, has come, or while rounds are held", () => {
  const open = lounge({ breakouts: { b1: talk() } });
  assert.equal(called(open, staged(950, 1100), ELIF, 1001), null);
  const there = { entered: { elif: 1001 } };
  assert.equal(called(lounge({ rounds: [], breakouts: { b1: talk(there) } }), NOTHING_ON, ELIF, 1002), null);
  const both = talk({ id: "b0", item: "m7", entered: { elif: 990, ruth: 990 } });
  assert.equal(called(lounge({ breakouts: { b0: both, b1: talk() } }), NOTHING_ON, ELIF, 1002), null);
  const held = { pairing: { mine: [CARLA], planned: true, held: true } };
  assert.equal(called(lounge(held), NOTHING_ON, ELIF, 950), null);
});

test("a secret partner is not named, but there is a call", () => {
  const secret = { pairing: { mine: [], planned: true, held: false }, rules: { ...RULES, announced: false } };
  assert.deepEqual(called(lounge(secret), NOTHING_ON, ELIF, 950)?.with, []);
  assert.equal(called(lounge(secret), NOTHING_ON, KONRAD, 950), null);
});

test("what the house says of the plan is folded", () => {
  const before = lounge({ pairing: { mine: [], planned: false, held: false, desk: null, talks: null } });
  const said = [
    { type: "pairing.mine", meetings: [CARLA] },
    { type: "pairing.held", on: true },
    { type: "breakout.shown", talking: 3 },
  ];
  const after = said.reduce((shown, message) => fold(shown, message), before);
  assert.deepEqual(after.pairing, {
    mine: [CARLA], planned: true, held: true, desk: null, talks: { type: "breakout.shown", talking: 3 },
  });
});
