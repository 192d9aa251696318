/** A viewer mends its connection to the stage by itself, one attempt at a time. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Viewer } from "../../../web/static/js/media/viewer.js";
import { signal } from "../../../web/static/vendor/preact.js";

globalThis.fetch = async () => new Response('{"iceServers": []}');

/** A connection that does what the test says. */
class Peer {
  connectionState = "new";
  localDescription = null;
  closed = false;
  setConfiguration() {}
  async setRemoteDescription() {
    this.ontrack({
      streams: [{ id: "speaker", getTracks: () => [] }],
      transceiver: { mid: "0" },
    });
  }
  async setLocalDescription() {
    this.localDescription = { sdp: "v=0 our answer" };
  }
  async getStats() {
    return new Map();
  }
  close() {
    this.closed = true;
  }
  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

let sent, heard, peers, house, viewer;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const watches = () => sent.filter(({ type }) => type === "media.watch");
const says = (type, frame = {}) => heard.get(type)?.({ type, ...frame });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  [sent, heard, peers] = [[], new Map(), []];
  const connection = {
    send: (frame) => house.line.value === "open" && Boolean(sent.push(frame)),
    on: (type, hearer) => heard.set(type, hearer) && (() => heard.delete(type)),
  };
  house = { connection, line: signal("open"), media: signal(true) };
  const makePeer = () => {
    peers.push(new Peer());
    return peers.at(-1);
  };
  viewer = new Viewer(house, "stage-gross", { makePeer });
  viewer.start();
});

async function watching() {
  says("media.offer", { peer: watches().at(-1).peer, sdp: "v=0" });
  await settled();
  peers.at(-1).becomes("connected");
}

test("an offer is answered, and the picture behind each seat is there once connected", async () => {
  const [{ peer, room, preview }] = watches();
  assert.deepEqual({ room, preview }, { room: "stage-gross", preview: false });
  await watching();
  assert.deepEqual(sent.at(-1), { type: "media.accept", peer, sdp: "v=0 our answer" });
  assert.deepEqual(Object.keys(viewer.streams.value), ["speaker"]);
  assert.equal(viewer.state.value, "live");
});

test("a failed connection is made anew at once", async () => {
  await watching();
  peers[0].becomes("failed");
  mock.timers.tick(0);
  assert.equal(watches().length, 2);
  assert.equal(peers[0].closed, true);
  await watching();
  assert.equal(viewer.state.value, "live");
});

test("a short flicker costs nothing", async () => {
  await watching();
  peers[0].becomes("disconnected");
  mock.timers.tick(1500);
  peers[0].becomes("connected");
  mock.timers.tick(5000);
  assert.equal(watches().length, 1);
});

test("what is shown stays until the new picture is there", async () => {
  await watching();
  house.line.value = "lost";
  house.line.value = "open";
  assert.equal(watches().length, 2);
  assert.equal(peers[0].closed, false);
  assert.deepEqual(Object.keys(viewer.streams.value), ["speaker"]);
  await watching();
  assert.equal(peers[0].closed, true);
});

test("when the media process returns, an attempt that was under way is forgotten", () => {
  says("media.lost");
  assert.equal(viewer.state.value, "lost");
  says("media.back");
  assert.equal(watches().length, 2);
  assert.equal(peers[0].closed, true);
});

test("a refusal is shown, and another attempt follows", async () => {
  says("media.refused", { peer: watches()[0].peer, sentence: "Bild und Ton starten neu." });
  assert.equal(viewer.trouble.value, "Bild und Ton starten neu.");
  mock.timers.tick(500);
  assert.equal(watches().length, 2);
  await watching();
  assert.equal(viewer.trouble.value, "");
});

test("a network that lets nothing through is named after three attempts", () => {
  for (const wait of [500, 1000, 2000]) {
    mock.timers.tick(8000);
    mock.timers.tick(wait);
  }
  assert.match(viewer.trouble.value, /blocks video/);
});

test("an answer to an earlier attempt is not taken for this one's", async () => {
  says("media.offer", { peer: "somebody-else", sdp: "v=0" });
  await settled();
  assert.equal(sent.length, 1);
});

test("who stops watching hangs up and is not called again", async () => {
  await watching();
  viewer.stop();
  assert.equal(sent.at(-1).type, "media.hang-up");
  house.line.value = "lost";
  house.line.value = "open";
  mock.timers.tick(60_000);
  assert.equal(watches().length, 1);
});

test("whoever comes onto a seat is not shown with the picture of the one before", async () => {
  let frames = 1;
  const track = { id: "v" };
  Peer.prototype.getStats = async () =>
    new Map([
      ["r", { type: "inbound-rtp", kind: "video", trackIdentifier: "v", framesDecoded: frames }],
    ]);
  Peer.prototype.setRemoteDescription = async function () {
    this.ontrack({ streams: [{ id: "speaker", getTracks: () => [track] }], transceiver: {} });
  };
  await watching();
  const look = async () => {
    mock.timers.tick(400);
    await settled();
  };
  await look();
  assert.deepEqual([...viewer.pictures.value], ["speaker"]);
  viewer.expect("speaker");
  await look();
  assert.deepEqual([...viewer.pictures.value], []);
  frames = 2;
  await look();
  assert.deepEqual([...viewer.pictures.value], ["speaker"]);
});
