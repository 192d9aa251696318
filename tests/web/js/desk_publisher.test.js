import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Publisher } from "../../../web/static/js/media/publisher.js";

/** A connection that works as far as a publisher can tell; the test says when it connects. */
class Peer extends EventTarget {
  /** @type {Peer[]} */
  static all = [];
  connectionState = "new";
  senders = [];
  localDescription = null;
  remote = null;

  constructor() {
    super();
    Peer.all.push(this);
  }

  addTransceiver(track) {
    const sender = { track, replaceTrack: async (other) => void (sender.track = other) };
    this.senders.push(sender);
    return { setCodecPreferences() {} };
  }

  getSenders() {
    return this.senders;
  }

  async setLocalDescription() {
    this.localDescription = { sdp: `offer ${Peer.all.indexOf(this)}` };
  }

  async setRemoteDescription({ sdp }) {
    this.remote = sdp;
  }

  becomes(state) {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  close() {
    this.connectionState = "closed";
  }
}

/** The line to the house: what was sent, and a mouth to answer with. */
class Wire {
  sent = [];
  #ears = new Map();

  send(frame) {
    this.sent.push(frame);
    return true;
  }

  on(type, hear) {
    const ears = this.#ears.get(type) ?? new Set();
    this.#ears.set(type, ears.add(hear));
    return () => ears.delete(hear);
  }

  say(type, more = {}) {
    for (const hear of [...(this.#ears.get(type) ?? [])]) hear({ type, ...more });
  }

  get published() {
    return this.sent.filter(({ type }) => type === "media.publish");
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const after = async (milliseconds) => {
  await settle();
  mock.timers.tick(milliseconds);
  await settle();
};
const camera = { kind: "video", id: "camera" };
const microphone = { kind: "audio", id: "microphone" };

let wire;
let tracks;
let elsewhere;
let publisher;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, {
    RTCPeerConnection: Peer,
    RTCRtpSender: { getCapabilities: () => ({ codecs: [] }) },
    fetch: async () => ({ ok: true, json: async () => ({ iceServers: [] }) }),
  });
  Peer.all = [];
  wire = new Wire();
  tracks = [camera, microphone];
  elsewhere = false;
  publisher = new Publisher({
    wire,
    room: "stage-gross",
    what: "camera",
    tracks: () => tracks,
    isElsewhere: () => elsewhere,
  });
});

afterEach(() => {
  publisher.stop();
  mock.timers.reset();
});

const sending = async () => {
  publisher.start();
  await settle();
  wire.say("media.answer", { peer: wire.published.at(-1).peer, sdp: "answer" });
  await settle();
  Peer.all.at(-1).becomes("connected");
};

test("it offers once, takes the answer and sends", async () => {
  await sending();
  assert.deepEqual(
    wire.sent.map(({ type, room, what, sdp }) => [type, room, what, sdp]),
    [["media.publish", "stage-gross", "camera", "offer 0"]],
  );
  assert.deepEqual([publisher.state, Peer.all[0].remote], ["sending", "answer"]);
});

test("an answer to another connection is not taken", async () => {
  publisher.start();
  await settle();
  wire.say("media.answer", { peer: "somebody-else", sdp: "answer" });
  await settle();
  assert.equal(Peer.all[0].remote, null);
});

test("a lost connection is made anew, the old one closed and hung up first", async () => {
  await sending();
  Peer.all[0].becomes("failed");
  await after(500);
  assert.deepEqual(
    wire.sent.map(({ type }) => type),
    ["media.publish", "media.hang-up", "media.publish"],
  );
  assert.deepEqual([Peer.all[0].connectionState, publisher.state], ["closed", "connecting"]);
});

test("a path that stumbles has two seconds to mend itself", async () => {
  await sending();
  Peer.all[0].becomes("disconnected");
  await after(1500);
  Peer.all[0].becomes("connected");
  await after(5000);
  assert.deepEqual([publisher.state, wire.published.length], ["sending", 1]);
  Peer.all[0].becomes("disconnected");
  await after(2000);
  await after(0);
  assert.equal(wire.published.length, 2);
});

test("many troubles at once are one attempt", async () => {
  await sending();
  const { peer } = wire.published[0];
  Peer.all[0].becomes("failed");
  wire.say("media.gone", { peer });
  wire.say("media.lost");
  wire.say("media.back");
  wire.say("welcome");
  await after(0);
  assert.equal(wire.published.length, 2);
});

test("whoever gets no answer waits longer before each attempt", async () => {
  publisher.start();
  await settle();
  const made = [];
  for (const wait of [8000, 500, 8000, 1000, 8000, 2000, 8000, 4000, 8000, 5000, 8000, 5000]) {
    await after(wait - 1);
    const before = Peer.all.length;
    await after(1);
    if (wait < 8000) made.push(Peer.all.length - before);
  }
  assert.deepEqual(made, [1, 1, 1, 1, 1, 1]);
});

test("a refusal is told in the house's words until it works", async () => {
  publisher.start();
  await settle();
  const peer = wire.published[0].peer;
  wire.say("media.refused", { peer, sentence: "Please wait a moment." });
  assert.deepEqual([publisher.state, publisher.sentence], ["waiting", "Please wait a moment."]);
  await after(500);
  assert.equal(publisher.sentence, "Please wait a moment.");
  Peer.all.at(-1).becomes("connected");
  assert.deepEqual([publisher.state, publisher.sentence], ["sending", null]);
});

test("another window that took over is left in peace until one asks", async () => {
  await sending();
  elsewhere = true;
  wire.say("media.gone", { peer: wire.published[0].peer });
  await after(1500);
  await after(60_000);
  assert.deepEqual([publisher.state, wire.published.length], ["elsewhere", 1]);
  publisher.start();
  await settle();
  assert.equal(wire.published.length, 2);
});

test("if nobody took over, it comes back by itself", async () => {
  await sending();
  wire.say("media.gone", { peer: wire.published[0].peer });
  await after(1500);
  assert.equal(wire.published.length, 2);
});

test("another camera takes its place without a new connection, a lost one with", async () => {
  await sending();
  const other = { kind: "video", id: "other" };
  tracks = [other, microphone];
  publisher.refresh();
  await after(0);
  assert.deepEqual([Peer.all[0].senders[0].track, wire.published.length], [other, 1]);
  tracks = [microphone];
  publisher.refresh();
  await after(0);
  assert.equal(wire.published.length, 2);
});

test("with nothing to send it waits until there is something", async () => {
  tracks = [];
  publisher.start();
  await after(60_000);
  assert.deepEqual([publisher.state, wire.published.length], ["waiting", 0]);
  tracks = [microphone];
  publisher.refresh();
  await after(0);
  assert.equal(wire.published.length, 1);
});

test("stopped is stopped", async () => {
  await sending();
  publisher.stop();
  wire.say("media.back");
  wire.say("welcome");
  await after(60_000);
  assert.deepEqual(
    [publisher.state, wire.sent.map(({ type }) => type)],
    ["off", ["media.publish", "media.hang-up"]],
  );
});
