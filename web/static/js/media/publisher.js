/**
 * Sends one's camera and microphone, or one's screen, to the house for as long as it is
 * wanted: whatever breaks is connected anew, one attempt at a time.
 */

import { t } from "../words.js";
import { iceServers, newPeerId } from "./ice.js";

/** @typedef {import("../../wire.d.ts").ToServer} ToServer */
/** @typedef {"camera" | "screen"} What */
/** @typedef {"off" | "connecting" | "sending" | "waiting" | "elsewhere"} Sending */
/**
 * @typedef {object} Wire  What is needed of the connection to the house.
 * @property {(frame: ToServer) => boolean} send
 * @property {(type: string, hear: (frame: any) => void) => () => void} on
 */
/**
 * @typedef {object} Wish
 * @property {Wire} wire
 * @property {string} room
 * @property {What} what
 * @property {() => readonly MediaStreamTrack[]} tracks  What to send, as it is now.
 * @property {() => boolean} [isElsewhere]  Whether the house still gets this source, though
 *   not from here: another window of the same person sends it.
 */

const OPENS = 8000; // milliseconds a connection may take until it carries something
const BREATHES = 2000; // milliseconds a broken path may need to mend itself
const SETTLES = 1500; // milliseconds until the house knows whether a source is still there
const PAUSES = [500, 1000, 2000, 4000, 5000]; // milliseconds before each further attempt

/**
 * The qualities of a picture with their bits and frames per second at most: every viewer gets
 * the one it has room for. Best first, since Chromium leaves out the last ones of a camera that
 * is small anyway. A screen's best is never scaled, letters stay sharp; its smallest is for
 * thin lines and tiles.
 * @type {Record<What, RTCRtpEncodingParameters[]>}
 */
const QUALITIES = {
  camera: [
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_200_000, maxFramerate: 30 },
    { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: 30 },
    { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 130_000, maxFramerate: 20 },
  ],
  screen: [
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_800_000, maxFramerate: 15 },
    { rid: "q", scaleResolutionDownBy: 2, maxBitrate: 250_000, maxFramerate: 5 },
  ],
};

/** One source on its way to the house. */
export class Publisher {
  /** @type {Sending} */
  state = "off";
  /** @type {string | null} */
  sentence = null;

  /** @type {Wish} */
  #wish;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {(() => void)[]} */
  #ears = [];
  /** @type {RTCPeerConnection | null} */
  #peer = null;
  #id = "";
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Wish} wish */
  constructor(wish) {
    this.#wish = wish;
  }

  /** The connection that carries the source, if there is one just now. */
  get peer() {
    return this.#peer;
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Send from now on; does nothing while it is on already. */
  start() {
    if (this.state !== "off" && this.state !== "elsewhere") return;
    this.#listen();
    this.#tries = 0;
    void this.#connect();
  }

  /** Send no more. */
  stop() {
    for (const ear of this.#ears.splice(0)) ear();
    this.#hangUp();
    this.#say("off");
  }

  /** Take the tracks as they are now: swapped in place where that goes, else connected anew. */
  refresh() {
    if (this.state === "off" || this.state === "elsewhere") return;
    const tracks = this.#wish.tracks();
    const senders = this.#peer?.getSenders() ?? [];
    const kinds = new Map(senders.map((sender) => [sender.track?.kind, sender]));
    if (senders.length === tracks.length && tracks.every((track) => kinds.has(track.kind))) {
      for (const track of tracks) {
        const sender = kinds.get(track.kind);
        if (sender?.track !== track) void sender?.replaceTrack(track);
      }
      return;
    }
    this.#again(0);
  }

  #listen() {
    if (this.#ears.length) return;
    const { wire } = this.#wish;
    const own = (/** @type {(frame: any) => void} */ hear) => (/** @type {any} */ frame) => {
      if (frame.peer === this.#id) hear(frame);
    };
    this.#ears = [
      wire.on("media.answer", own((frame) => void this.#answered(frame.sdp))),
      wire.on("media.refused", own((frame) => this.#refused(frame.sentence))),
      wire.on("media.gone", own(() => this.#gone())),
      wire.on("media.lost", () => this.state !== "sending" && this.#again()),
      wire.on("media.back", () => this.state !== "sending" && this.#again(0)),
      wire.on("welcome", () => this.#again(0)), // a new session knows nothing of our peer
    ];
  }

  async #connect() {
    this.#hangUp();
    const tracks = this.#wish.tracks();
    if (!tracks.length) return this.#say("waiting");
    this.#say("connecting");
    const id = newPeerId();
    this.#id = id;
    this.#timer = setTimeout(() => this.#again(), OPENS);
    const configuration = { iceServers: await iceServers(), bundlePolicy: BUNDLE };
    if (this.#id !== id) return;
    const peer = new RTCPeerConnection(configuration);
    this.#peer = peer;
    this.#watch(peer);
    for (const track of tracks) this.#add(peer, track);
    await peer.setLocalDescription();
    if (this.#peer === peer) this.#send(id, peer.localDescription?.sdp ?? "");
  }

  /**
   * @param {string} id
   * @param {string} sdp
   */
  #send(id, sdp) {
    const { wire, room, what } = this.#wish;
    wire.send({ type: "media.publish", peer: id, room, what, sdp });
  }

  /**
   * @param {RTCPeerConnection} peer
   * @param {MediaStreamTrack} track
   */
  #add(peer, track) {
    const sendEncodings = track.kind === "video" ? QUALITIES[this.#wish.what] : [];
    const transceiver = peer.addTransceiver(track, { direction: "sendonly", sendEncodings });
    const wanted = track.kind === "video" ? "video/VP8" : "audio/opus";
    const codecs = RTCRtpSender.getCapabilities(track.kind)?.codecs ?? [];
    const first = codecs.filter((codec) => codec.mimeType.toLowerCase() === wanted.toLowerCase());
    // The reference codecs, which every browser can watch; the others stay as a reserve.
    if (first.length) {
      transceiver.setCodecPreferences([...first, ...codecs.filter((each) => !first.includes(each))]);
    }
  }

  /** @param {RTCPeerConnection} peer */
  #watch(peer) {
    peer.addEventListener("connectionstatechange", () => {
      if (peer !== this.#peer) return;
      if (peer.connectionState === "connected") this.#connected();
      if (peer.connectionState === "failed") this.#again();
      if (peer.connectionState === "disconnected") this.#watchBreath(peer);
    });
  }

  /**
   * A path that stumbles mostly mends itself; one that does not is replaced.
   * @param {RTCPeerConnection} peer
   */
  #watchBreath(peer) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (peer === this.#peer && peer.connectionState !== "connected") this.#again(0);
    }, BREATHES);
  }

  #connected() {
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#say("sending");
  }

  /** @param {string} sdp */
  async #answered(sdp) {
    const peer = this.#peer;
    try {
      await peer?.setRemoteDescription({ type: "answer", sdp });
    } catch {
      if (peer === this.#peer) this.#again();
    }
  }

  /** @param {string} sentence */
  #refused(sentence) {
    this.#hangUp(false);
    this.#say("waiting", sentence);
    this.#again();
  }

  /** The house let go of this connection: it is to be made anew, unless it has another one. */
  #gone() {
    const wasSending = this.state === "sending";
    this.#hangUp(false);
    if (!wasSending || !this.#wish.isElsewhere) return this.#again();
    this.#say("connecting");
    this.#timer = setTimeout(() => {
      if (!this.#wish.isElsewhere?.()) return void this.#connect();
      for (const ear of this.#ears.splice(0)) ear();
      const sentence = t("Your picture now comes from another window or device of yours.");
      this.#say("elsewhere", sentence);
    }, SETTLES);
  }

  /**
   * Try again after a while that grows with each attempt; there is never more than one ahead.
   * @param {number} [pause]
   */
  #again(pause) {
    if (this.state === "off" || this.state === "elsewhere") return;
    clearTimeout(this.#timer);
    const wait = pause ?? PAUSES[Math.min(this.#tries, PAUSES.length - 1)] ?? 0;
    this.#tries += 1;
    this.#timer = setTimeout(() => void this.#connect(), wait);
  }

  #hangUp(tell = true) {
    clearTimeout(this.#timer);
    this.#peer?.close();
    this.#peer = null;
    if (tell && this.#id) this.#wish.wire.send({ type: "media.hang-up", peer: this.#id });
    this.#id = "";
  }

  /**
   * @param {Sending} state
   * @param {string | null} sentence
   */
  #say(state, sentence = null) {
    this.state = state;
    // What the house said stays until it works: a new attempt is no better news.
    if (sentence || state !== "connecting") this.sentence = sentence;
    for (const listener of [...this.#listeners]) listener();
  }
}

const BUNDLE = /** @type {const} */ ("max-bundle");
