/** What pages ask of the booths: who calls the reader, and who waits at their own. */

import assert from "node:assert/strict";
import test from "node:test";
import {
  back,
  callAtBooth,
  counterAt,
  myCall,
  ownBooth,
  present,
  queueAt,
} from "../../../web/static/js/state/counters.js";

const TICKET = {
  booth: "sellmoor",
  person: "elif",
  number: 7,
  takenAt: 100,
  topic: "",
  invited: false,
  calledBy: null,
  calledUntil: null,
  counter: "",
  missed: 0,
};
const COUNTER = {
  id: "c1",
  booth: "sellmoor",
  reps: ["carla"],
  seats: { carla: 1, elif: 2 },
  since: 100,
  came: ["elif"],
  private: false,
  endsAt: null,
  asking: {},
  handing: null,
  called: {},
};

/** @param {object} [more] */
const lounge = (more = {}) =>
  /** @type {any} */ ({
    exhibitors: [{ id: "sellmoor", organisation: "Sellmoor Photonik" }],
    booths: { booths: {}, tickets: {}, counter: null, doors: {}, desk: null, ...more },
  });

test("a ticket alone calls nobody", () => {
  assert.equal(callAtBooth(lounge({ tickets: { sellmoor: TICKET } }), "elif", 110), null);
});

test("a called ticket calls until its two minutes are over", () => {
  const tickets = { sellmoor: { ...TICKET, calledBy: "carla", calledUntil: 230 } };
  assert.deepEqual(callAtBooth(lounge({ tickets }), "elif", 110), {
    key: "sellmoor 7 230",
    kind: "turn",
    booth: "sellmoor",
    by: "carla",
    until: 230,
    counter: "",
  });
  assert.equal(callAtBooth(lounge({ tickets }), "elif", 230), null);
});

test("an invitation is called one", () => {
  const tickets = { sellmoor: { ...TICKET, invited: true, calledBy: "carla", calledUntil: 230 } };
  assert.equal(callAtBooth(lounge({ tickets }), "elif", 110)?.kind, "invited");
});

test("a colleague who hands over calls the one who is asked, and nobody who asks to come in", () => {
  const doors = { c1: { ...COUNTER, handing: { by: "carla", to: "greta" }, asking: { jonas: 1 } } };
  assert.equal(callAtBooth(lounge({ doors }), "greta", 110)?.kind, "hand-over");
  assert.equal(callAtBooth(lounge({ doors }), "jonas", 110), null);
});

test("whoever sits in a talk is called back to it before anything else", () => {
  const tickets = { auwald: { ...TICKET, booth: "auwald", calledBy: "tim", calledUntil: 230 } };
  const call = callAtBooth(lounge({ tickets, counter: COUNTER }), "elif", 110);
  assert.deepEqual([call?.kind, call?.booth, call?.counter], ["talk", "sellmoor", "c1"]);
});

test("a talk is at its own booth only", () => {
  assert.equal(counterAt(lounge({ counter: COUNTER }), "sellmoor"), COUNTER);
  assert.equal(counterAt(lounge({ counter: COUNTER }), "auwald"), null);
});

test("a booth is its representatives' own and nobody else's", () => {
  const carla = /** @type {any} */ ({ role: "rep", organisation: "Sellmoor Photonik" });
  assert.equal(ownBooth(lounge(), carla), "sellmoor");
  assert.equal(ownBooth(lounge(), { ...carla, role: "guest" }), "");
  assert.equal(ownBooth(lounge(), { ...carla, organisation: "Auwald" }), "");
  assert.equal(ownBooth(null, carla), "");
});

test("who waits stands in the order of turns, and a call knows its caller", () => {
  const second = { ...TICKET, person: "jonas", number: 8, calledBy: "carla", calledUntil: 230 };
  const desk = { booth: "sellmoor", tickets: { jonas: second, elif: TICKET }, counters: {}, proposed: [] };
  const booths = { sellmoor: { queue: [7, 8] } };
  const shown = lounge({ desk, booths });
  assert.deepEqual(queueAt(shown, "sellmoor").map(({ number }) => number), [7, 8]);
  assert.deepEqual(queueAt(shown, "auwald"), []);
  assert.equal(myCall(shown, "sellmoor", "carla"), second);
  assert.equal(myCall(shown, "sellmoor", "greta"), null);
});

test("present are those who have time or are in a talk, and the first who is back counts", () => {
  const staff = {
    carla: { state: "free", until: null },
    greta: { state: "talk", until: 400 },
    tim: { state: "break", until: 300 },
  };
  const stall = /** @type {any} */ ({ staff });
  assert.deepEqual(present(stall).map(([person]) => person), ["carla", "greta"]);
  assert.equal(back(stall), 300);
  assert.equal(back(/** @type {any} */ ({ staff: {} })), null);
});
