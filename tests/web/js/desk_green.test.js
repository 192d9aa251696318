import assert from "node:assert/strict";
import { test } from "node:test";

import { isOwn } from "../../../web/static/js/green/ear.js";
import { ownTurn, standing } from "../../../web/static/js/green/standing.js";

const slot = (id, ...people) => ({ item: id, title: id, kind: "pitch.talent", people });
const empty = {
  live: slot("skin", "jonas"),
  upcoming: [slot("solder", "lukas"), slot("drop", "elif")],
  cuedAt: 0,
  seats: {},
  screen: null,
  greenRoom: {},
  hands: {},
  invited: [],
  wrapUpAt: null,
  prompts: [],
  lights: {},
};
const is = (floor, me) => {
  const { is: where, seat, before, agreed } = standing({ ...empty, ...floor }, me);
  return [where, seat, before, agreed];
};

test("from waiting to next to called to seated", () => {
  assert.deepEqual(is({}, "elif"), ["waiting", null, 2, false]);
  assert.deepEqual(is({}, "lukas"), ["next", "speaker", 1, false]);
  assert.deepEqual(is({}, "jonas"), ["called", "speaker", 0, false]);
  const seats = { speaker: { person: "jonas", since: 1 } };
  assert.deepEqual(is({ seats }, "jonas"), ["seated", "speaker", 0, false]);
});

test("with nothing on stage nobody stands before the next one", () => {
  assert.deepEqual(is({ live: null }, "lukas"), ["next", "speaker", 0, false]);
});

test("whoever agreed is told so", () => {
  const greenRoom = { lukas: { since: 1, state: "ready", agreed: true } };
  assert.deepEqual(is({ greenRoom }, "lukas"), ["next", "speaker", 1, true]);
});

test("the second of two who share an item takes the guest's seat", () => {
  const live = slot("duo", "jonas", "elif");
  const seats = { speaker: { person: "jonas", since: 1 } };
  assert.deepEqual(is({ live, seats }, "elif"), ["called", "guest", 0, false]);
});

test("an invitation shows the guest's seat, a stranger nothing", () => {
  assert.deepEqual(is({ invited: ["mia"] }, "mia"), ["invited", "guest", 0, false]);
  assert.deepEqual(is({}, "mia"), ["away", null, 0, false]);
});

test("one's turn is the first own item that waits on this stage", () => {
  const agenda = {
    stages: [{ id: "gross", waiting: ["solder", "drop", "later"] }],
    items: { solder: { people: ["lukas"] }, drop: { people: ["elif"] }, later: { people: ["elif"] } },
    times: { solder: [10, 20], drop: [20, 30], later: [90, 99] },
  };
  assert.deepEqual(ownTurn(agenda, "gross", "elif"), { item: "drop", at: 20 });
  assert.equal(ownTurn(agenda, "gross", "mia"), null);
  assert.equal(ownTurn(agenda, "klein", "elif"), null);
});

test("nobody hears themselves, and nobody those who are not on stage yet", () => {
  const floor = {
    ...empty,
    seats: { speaker: { person: "jonas", since: 1 }, moderator: { person: "ada", since: 1 } },
    screen: "jonas",
  };
  const silent = (me) =>
    ["speaker", "screen", "moderator", "guest", "preview"].filter((feed) => isOwn(floor, feed, me));
  assert.deepEqual(silent("jonas"), ["speaker", "screen", "preview"]);
  assert.deepEqual(silent("ada"), ["moderator", "preview"]);
  assert.deepEqual(silent("mia"), ["preview"]);
});
