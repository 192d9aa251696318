/** The connection comes back by itself, and every command is answered exactly once. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { HouseClock } from "../../../web/static/js/clock.js";
import { Connection, Refused } from "../../../web/static/js/connection.js";

/** A socket whose other end is the test. */
class Line {
  readyState = 1;
  sent = [];
  send = (text) => this.sent.push(JSON.parse(text));
  close = () => (this.readyState = 3);
  says = (frame) => this.onmessage({ data: JSON.stringify(frame) });
  breaks = (code = 1006) => {
    this.readyState = 3;
    this.onclose({ code });
  };
  commands = () => this.sent.filter(({ type }) => type === "do");
}

const WELCOME = { type: "welcome", me: { id: "elif" }, now: 1000, session: "s", rooms: [] };
const ASK = { type: "question.ask", text: "Warum?" };
const settled = () => new Promise((resolve) => setImmediate(resolve));

let lines;
let connection;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  lines = [];
  const open = () => {
    lines.push(new Line());
    return lines.at(-1);
  };
  const clock = new HouseClock(
    () => 5,
    () => 1000,
  );
  connection = new Connection(open, { clock, chance: () => 0 });
  connection.start();
});

async function welcomed() {
  lines.at(-1).says(WELCOME);
  await settled();
}

test("a command is answered with the room's seq", async () => {
  await welcomed();
  const asked = connection.do("stage-gross", ASK);
  const [{ op, room, command }] = lines[0].commands();
  assert.deepEqual({ room, command }, { room: "stage-gross", command: ASK });
  assert.match(op, /^[A-Za-z0-9_-]{8,60}$/);
  lines[0].says({ type: "done", op, seq: 7 });
  assert.equal(await asked, 7);
  assert.equal(connection.waiting, 0);
});

test("a refusal carries the house's sentence", async () => {
  await welcomed();
  const asked = connection.do("stage-gross", ASK);
  lines[0].says({ type: "refused", op: lines[0].commands()[0].op, sentence: "Bitte später." });
  await assert.rejects(asked, (why) => why instanceof Refused && why.message === "Bitte später.");
});

test("a command without an answer is sent again under the same op after a reconnection", async () => {
  await welcomed();
  const asked = connection.do("stage-gross", ASK);
  lines[0].breaks();
  assert.equal(connection.line, "lost");
  mock.timers.tick(1000);
  await welcomed();
  assert.equal(connection.line, "open");
  assert.deepEqual(lines[1].commands(), lines[0].commands());
  lines[1].says({ type: "done", op: lines[1].commands()[0].op, seq: 8 });
  assert.equal(await asked, 8);
});

test("a command given while the line is down goes out with the next welcome", async () => {
  await welcomed();
  lines[0].breaks();
  connection.do("stage-gross", ASK);
  mock.timers.tick(1000);
  assert.deepEqual(lines[1].commands(), []);
  await welcomed();
  assert.equal(lines[1].commands().length, 1);
});

test("whoever hears the welcome joins before any command is sent again", async () => {
  connection.on("welcome", () =>
    connection.send({ type: "join", room: "foyer", epoch: 0, seq: -1 }),
  );
  connection.do("foyer", ASK);
  await welcomed();
  assert.deepEqual(
    lines[0].sent.map(({ type }) => type),
    ["join", "do", "ping"],
  );
});

test("the attempts to come back wait longer each time, five seconds at most", () => {
  lines[0].breaks();
  for (const wait of [1, 2, 4, 5, 5]) {
    const before = lines.length;
    mock.timers.tick(wait * 1000 - 1);
    assert.equal(lines.length, before);
    mock.timers.tick(1);
    assert.equal(lines.length, before + 1);
    lines.at(-1).breaks();
  }
});

test("a line that does not answer a ping is given up", async () => {
  await welcomed();
  mock.timers.tick(6000);
  assert.equal(connection.line, "lost");
  mock.timers.tick(1000);
  assert.equal(lines.length, 2);
});

test("an answered ping keeps the line and sets the clock", async () => {
  await welcomed();
  lines[0].says({ type: "pong", sent: 5, now: 2000 });
  mock.timers.tick(9999);
  assert.equal(connection.line, "open");
});

test("waking up does not wait for the next attempt", () => {
  lines[0].breaks();
  connection.wake();
  assert.equal(lines.length, 2);
});

test("who is signed out is not knocking again", () => {
  lines[0].says({ type: "goodbye", reason: "revoked", sentence: "Bitte melden Sie sich an." });
  lines[0].breaks(4401);
  mock.timers.tick(60_000);
  assert.equal(connection.line, "signed-out");
  assert.equal(connection.farewell, "Bitte melden Sie sich an.");
  assert.equal(lines.length, 1);
});

test("the house says that it restarts", () => {
  lines[0].says({ type: "goodbye", reason: "restart", sentence: "Einen Moment." });
  lines[0].breaks(1012);
  assert.equal(connection.line, "restarting");
  mock.timers.tick(1000);
  assert.equal(lines.length, 2);
});

test("what the house does not understand is not sent again", async () => {
  await welcomed();
  const asked = connection.do("foyer", { type: "nonsense" });
  const refused = assert.rejects(asked, Refused);
  lines[0].says({ type: "goodbye", reason: "malformed", sentence: "Unbekannt." });
  lines[0].breaks(4400);
  await refused;
  mock.timers.tick(5000);
  await welcomed();
  assert.deepEqual(lines.at(-1).commands(), []);
});
