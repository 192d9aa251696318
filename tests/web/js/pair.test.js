/** Two browsers find each other: both offer at once, one reloads, words get lost. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pair } from "../../../web/static/js/media/pair.js";

/** A connection that is up as soon as both sides have described themselves. */
class FakePeer {
  connectionState = "new";
  /** @type {any} */
  localDescription = null;
  /** @type {any} */
  remoteDescription = null;
  /** @type {any} */
  onconnectionstatechange = null;
  onicecandidate = null;
  /** @type {any[]} */
  transceivers = [];
  closed = false;

  /** @param {any} track */
  addTransceiver(track) {
    const kind = typeof track === "string" ? track : track.kind;
    const transceiver = {
      direction: "sendrecv",
      receiver: { track: { kind, id: `${kind}-${this.transceivers.length}` } },
      sender: {
        track: null,
        replaceTrack: async () => {},
        getParameters: () => ({}),
        setParameters: async () => {},
      },
    };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async setLocalDescription() {
    if (this.closed) throw new Error("closed");
    const type = this.remoteDescription ? "answer" : "offer";
    this.localDescription = { type, sdp: `${type} of ${this.transceivers.length}` };
    this.#settle();
  }

  /** @param {any} description */
  async setRemoteDescription(description) {
    if (this.closed) throw new Error("closed");
    this.remoteDescription = description;
    if (description.type === "offer") {
      for (const kind of ["audio", "video", "video", "audio"]) this.addTransceiver(kind);
    }
    this.#settle();
  }

  async addIceCandidate() {}

  async getStats() {
    return new Map();
  }

  close() {
    this.closed = true;
    this.connectionState = "closed";
  }

  #settle() {
    if (!this.localDescription || !this.remoteDescription) return;
    this.connectionState = "connected";
    queueMicrotask(() => !this.closed && this.onconnectionstatechange?.());
  }
}

Object.assign(globalThis, {
  MediaStream: class {
    /** @param {any[]} tracks */
    constructor(tracks) {
      this.tracks = tracks;
    }
  },
});

/** @type {Pair[]} */
const opened = [];
afterEach(() => opened.splice(0).forEach((pair) => pair.stop()));

/**
 * One end; what it says goes to `to()`, unless the line is cut.
 * @param {boolean} polite
 * @param {() => Pair} to
 */
function end(polite, to) {
  /** @type {any[]} */
  const said = [];
  const line = { cut: false };
  /** @type {FakePeer[]} */
  const peers = [];
  const pair = new Pair({
    polite,
    signal: async (call, word) => {
      said.push(word);
      if (!line.cut) queueMicrotask(() => void to().hear(call, structuredClone(word)));
    },
    configuration: async () => ({}),
    tracks: () => ({}),
    shows: () => ({ camera: polite, microphone: true, screen: false }),
    makePeer: () => {
      const peer = new FakePeer();
      peers.push(peer);
      return /** @type {any} */ (peer);
    },
  });
  opened.push(pair);
  return { pair, said, line, peers };
}

/** @returns {[ReturnType<typeof end>, ReturnType<typeof end>]} the impolite one first */
function couple() {
  /** @type {ReturnType<typeof end>[]} */
  const ends = [];
  ends.push(
    end(false, () => /** @type {any} */ (ends[1]).pair),
    end(true, () => /** @type {any} */ (ends[0]).pair),
  );
  return /** @type {any} */ (ends);
}

const settled = () => new Promise((done) => setTimeout(done, 20));

test("both offer at once, and one connection is left on either side", async () => {
  const [carla, elif] = couple();
  carla.pair.start();
  elif.pair.start();
  await settled();
  assert.deepEqual([carla.pair.state.value, elif.pair.state.value], ["live", "live"]);
  for (const { peers } of [carla, elif]) {
    assert.equal(peers.filter(({ closed }) => !closed).length, 1);
  }
  assert.equal(elif.peers.find(({ closed }) => !closed)?.localDescription.type, "answer");
});

test("each is told what the other shows", async () => {
  const [carla, elif] = couple();
  carla.pair.start();
  elif.pair.start();
  await settled();
  assert.equal(carla.pair.partner.value?.camera, true);
  assert.equal(elif.pair.partner.value?.camera, false);
});

test("one who never offers, as a bot, is offered to", async () => {
  const [carla, elif] = couple();
  elif.pair.start();
  await settled();
  assert.equal(elif.pair.state.value, "connecting");
  carla.pair.start();
  await settled();
  assert.equal(elif.pair.state.value, "live");
});

test("four lanes are there from the beginning", async () => {
  const [carla, elif] = couple();
  carla.pair.start();
  elif.pair.start();
  await settled();
  assert.deepEqual(Object.keys(elif.pair.streams.value).sort(), [
    "camera",
    "playing",
    "screen",
    "voice",
  ]);
});

test("whoever comes anew is let in at once, and the old connection goes", async () => {
  const [carla, elif] = couple();
  carla.pair.start();
  elif.pair.start();
  await settled();
  elif.pair.stop(); // the page is loaded anew: all it knew is gone
  elif.pair.start();
  await settled();
  assert.deepEqual([carla.pair.state.value, elif.pair.state.value], ["live", "live"]);
  assert.equal(carla.peers.filter(({ closed }) => !closed).length, 1);
});

test("an offer that got lost is made again when the other one's comes", async () => {
  const [carla, elif] = couple();
  carla.line.cut = true; // the network of the other is away
  carla.pair.start();
  await settled();
  carla.line.cut = false;
  elif.pair.start();
  await settled();
  assert.deepEqual([carla.pair.state.value, elif.pair.state.value], ["live", "live"]);
});

test("an answer to an offer that was given up is not taken", async () => {
  const [carla] = couple();
  carla.line.cut = true;
  carla.pair.start();
  await settled();
  await carla.pair.hear("elif-1", { description: { type: "answer", sdp: "x" }, of: "long ago" });
  assert.equal(carla.pair.state.value, "connecting");
});

test("a new connection replaces the old one only when it carries", async () => {
  const [carla, elif] = couple();
  carla.pair.start();
  elif.pair.start();
  await settled();
  const before = carla.pair.peer;
  carla.line.cut = true;
  carla.pair.renew();
  await settled();
  assert.equal(carla.pair.peer, before);
  assert.equal(carla.pair.state.value, "live");
});
