/** Cards, grants and pins in a browser: what is withdrawn is gone there in the same moment. */

import assert from "node:assert/strict";
import test from "node:test";

import { companies, openTo, versions } from "../../../web/static/js/state/cvs.js";
import { fold } from "../../../web/static/js/state/fair.js";
import { ownPin } from "../../../web/static/js/state/pins.js";

const CARD = "k0000000001";
const grant = (id, to, what = ["card"], more = {}) => ({
  id,
  person: "elif",
  card: CARD,
  to,
  what,
  why: "switch",
  at: 10,
  until: 1000,
  withdrawnAt: null,
  expired: false,
  ...more,
});
const NOTHING = {
  hanging: { [CARD]: 1 },
  mine: null,
  ledger: [],
  apart: [],
  looks: [],
  asks: {},
  grants: [],
  asked: [],
};
const BOARD = {
  booths: [
    { id: "sellmoor", organisation: "Sellmoor Photonik", sponsor: true },
    { id: "auwald", organisation: "Auwald Mikrotechnik", sponsor: true },
  ],
  cvs: NOTHING,
  pins: { mine: {}, inbox: {}, counts: {} },
};
const heard =
  (me) =>
  (...messages) =>
    messages.reduce((shown, each) => fold(shown, each, me), BOARD);
const [rep, owner] = [heard("carla"), heard("elif")];
const granted = (line) => ({ type: "cv.granted", grant: line, people: [] });
const withdrawn = (to, grants, whole) => ({
  type: "cv.withdrawn",
  person: "elif",
  card: CARD,
  to,
  grants,
  whole,
  at: 20,
  people: [],
});

test("a company may open what it was granted, until then", () => {
  const shown = rep(granted(grant("g1", "sellmoor", ["card", "pdf"])));

  assert.deepEqual(openTo(shown, CARD, 999), ["card", "pdf"]);
  assert.deepEqual(openTo(shown, CARD, 1000), []);
});

test("what is withdrawn, has ended or hangs no more is not open to it", () => {
  const given = [granted(grant("g1", "sponsors")), granted(grant("g2", "sellmoor", ["card"]))];
  const over = (message) => rep(...given, message);
  const gone = { type: "cv.taken-down", person: "elif", card: CARD, at: 20, people: [] };
  const ended = { type: "cv.expired", person: "elif", card: CARD, grants: ["g1", "g2"], people: [] };

  for (const shown of [over(withdrawn("sellmoor", ["g2"], true)), over(gone), over(ended)]) {
    assert.deepEqual(openTo(shown, CARD, 20), []);
    assert.ok(!JSON.stringify(shown).includes("elif"));
  }
  const one = over(withdrawn("sellmoor", ["g2"], false));
  assert.deepEqual(openTo(one, CARD, 20), ["card"]);
  const fallen = over({ type: "cv.face", card: CARD, revision: 0 });
  assert.deepEqual(openTo(fallen, CARD, 20), []);
});

test("a card looks different as soon as it is edited, granted or asked for", () => {
  const looks = (...messages) => versions(rep(...messages), 20)[CARD];
  const all = [
    looks(),
    looks({ type: "cv.face", card: CARD, revision: 2 }),
    looks(granted(grant("g1", "sellmoor"))),
    looks({ type: "cv.asked", person: "elif", card: CARD, booth: "sellmoor", at: 5, people: [] }),
  ];

  assert.equal(new Set(all).size, all.length);
});

test("the owner sees for each company what it sees", () => {
  const shown = owner(granted(grant("g1", "sponsors")), withdrawn("auwald", [], true));
  const rows = companies(shown, 20).map(({ to, what, throughAll }) => [to, what, throughAll]);

  assert.deepEqual(rows, [
    ["sellmoor", ["card"], true],
    ["auwald", [], false],
    ["sponsors", ["card"], false],
  ]);
});

test("who asks is listed until there is an answer", () => {
  const asked = { type: "cv.asked", person: "elif", card: CARD, booth: "auwald", at: 5, people: [] };

  assert.equal(companies(owner(asked), 20)[1].asks, true);
  assert.equal(companies(owner(asked, granted(grant("g1", "auwald"))), 20)[1].asks, false);
  assert.equal(companies(owner(asked, withdrawn("auwald", [], true)), 20)[1].asks, false);
});

test("the ledger keeps what is over", () => {
  const shown = owner(granted(grant("g1", "auwald")), withdrawn("auwald", ["g1"], true));

  assert.deepEqual(
    shown.cvs.ledger.map(({ id, withdrawnAt }) => [id, withdrawnAt]),
    [["g1", 20]],
  );
});

test("looks are listed as they happen", () => {
  const look = { by: "carla", booth: "sellmoor", what: "pdf", at: 30 };
  const shown = owner({ type: "cv.looked", person: "elif", look });

  assert.deepEqual(shown.cvs.looks, [look]);
});

const pin = { id: "n1", job: "j1", booth: "sellmoor", person: "elif", card: CARD, state: "new" };
const hung = { type: "pin.hung", pin, people: [] };

test("a pin stands with its owner and with the company, and is counted for everybody", () => {
  assert.deepEqual(ownPin(owner(hung), "j1"), pin);
  assert.deepEqual(rep(hung).pins.inbox, { n1: pin });
  const counted = (count) => ({ type: "pin.counted", job: "j1", count });
  assert.deepEqual(rep(counted(1)).pins.counts, { j1: 1 });
  assert.deepEqual(rep(counted(1), counted(0)).pins.counts, {});
});

test("a pin that is withdrawn leaves the company without a name", () => {
  const off = { type: "pin.withdrawn", pin: "n1", at: 20, people: [] };

  assert.equal(ownPin(owner(hung, off), "j1"), undefined);
  assert.equal(owner(hung, off).pins.mine.n1.person, "elif");
  assert.deepEqual(rep(hung, off).pins.inbox.n1, {
    ...pin,
    state: "withdrawn",
    answeredAt: 20,
    person: "",
    card: "",
  });
});

test("an answer reaches both", () => {
  const answer = { type: "pin.answered", pin: "n1", state: "invited", by: "carla", at: 20, people: [] };

  assert.equal(owner(hung, answer).pins.mine.n1.state, "invited");
  assert.equal(rep(hung, answer).pins.inbox.n1.answeredBy, "carla");
});
