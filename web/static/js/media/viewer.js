/** Watches a stage: one connection with a fixed seat for each picture, which mends itself. */

import { signal } from "../../vendor/preact.js";
import { t } from "../words.js";
import { iceServers, newPeerId } from "./ice.js";
import { sizes } from "./sizes.js";
import { Stills } from "./stills.js";

/** @typedef {`seat-${1 | 2 | 3 | 4 | 5 | 6}`} SeatFeed  A place in a circle: a table, a talk of three. */
/** @typedef {"speaker" | "screen" | "moderator" | "guest" | "preview" | SeatFeed} Feed */
/** @typedef {Partial<Record<Feed, MediaStream>>} Streams */

const PATIENCE = 8; // seconds a connection may take
const FLICKER = 2; // seconds "disconnected" may last: a Wi-Fi roams faster than that
const HUSH = 1.5; // seconds without a byte until we ask whether the house is still there
const LOOK = 0.4; // seconds between two looks at what arrives
const STILL = 5; // seconds without a frame until a camera's picture counts as gone,
const STOPPED = 1; // and where the house says that it sends none
const WAITS = [0.5, 1, 2, 4]; // seconds before the next attempt, the last one again and again
const HOPELESS = 3; // attempts without a path until we say so

export class Viewer {
  /** @type {import("../../vendor/preact.js").Signal<Streams>} what to show behind each seat */
  streams = signal({});
  /** @type {import("../../vendor/preact.js").Signal<Set<Feed>>} the seats whose picture moves now */
  pictures = signal(new Set());
  /** @type {import("../../vendor/preact.js").Signal<Set<Feed>>} the seats whose sound arrives */
  sounds = signal(new Set());
  /** @type {import("../../vendor/preact.js").Signal<"connecting" | "live" | "lost">} */
  state = signal("connecting");
  /** @type {import("../../vendor/preact.js").Signal<string>} a sentence for the viewer, or "" */
  trouble = signal("");
  /** @type {import("../../vendor/preact.js").Signal<boolean>} the line carries only the sound */
  thin = signal(false);
  /** @type {Stills} what is seen while there is no connection */
  stills;

  #house;
  #room;
  #preview;
  #own;
  #makePeer;
  #running = false;
  #attempts = 0;
  /** @type {Attempt | null} the one that carries the picture */
  #current = null;
  /** @type {Attempt | null} the one that is being made */
  #next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  /** @type {(() => void)[]} */
  #leave = [];
  /** @type {Map<Feed, { frames: number, at: number }>} */
  #seen = new Map();
  /** @type {Map<Feed, number>} packets of sound so far */
  #sounded = new Map();
  #heard = { bytes: 0, at: 0 };
  /** What the house was last told of the sizes, as text. */
  #told = "";

  /**
   * @param {import("../house.js").House} house
   * @param {string} room its id
   * @param {object} [given]
   * @param {boolean} [given.preview]
   * @param {() => Feed | null} [given.own] the seat one sits on oneself: its picture need not come
   * @param {(given: RTCConfiguration) => RTCPeerConnection} [given.makePeer]
   */
  constructor(house, room, given = {}) {
    this.#house = house;
    this.#room = room;
    this.#preview = given.preview ?? false;
    this.#own = given.own ?? (() => null);
    this.#makePeer = given.makePeer ?? ((config) => new RTCPeerConnection(config));
    this.stills = new Stills(house, room);
  }

  /** The seats of which something is to be seen: a moving picture, or a still one. */
  get visible() {
    return new Set([...this.pictures.value, ...this.stills.images.value.keys()]);
  }

  /** Watch, and go on watching whatever happens. */
  start() {
    if (this.#running) return;
    this.#running = true;
    const { connection, line } = this.#house;
    this.#leave = [
      connection.on("media.offer", (frame) => this.#offered(frame)),
      connection.on("media.refused", (frame) => this.#refused(frame)),
      connection.on("media.gone", (frame) => this.#gone(frame)),
      connection.on("media.thin", ({ peer, thin }) => {
        if (peer === (this.#next ?? this.#current)?.peer) this.thin.value = thin;
      }),
      connection.on("media.lost", () => (this.state.value = "lost")),
      connection.on("media.back", () => this.#afresh()),
      line.subscribe((state) => {
        if (state === "open") this.#afresh();
      }),
      this.#onWake(),
    ];
    this.#looking = setInterval(() => this.#look(), LOOK * 1000);
  }

  /** Watch no longer. */
  stop() {
    this.#running = false;
    clearTimeout(this.#again);
    clearInterval(this.#looking);
    for (const leave of this.#leave) leave();
    this.stills.stop();
    this.#end(this.#current);
    this.#end(this.#next);
    this.#current = this.#next = null;
    this.streams.value = {};
    this.pictures.value = new Set();
    this.sounds.value = new Set();
  }

  /**
   * Somebody else comes onto a seat: what it showed so far does not count any more.
   * @param {Feed} seat
   */
  expect(seat) {
    this.stills.forget(seat);
    const seen = this.#seen.get(seat);
    if (seen) this.#seen.set(seat, { ...seen, at: -Infinity });
    this.#show(new Set([...this.pictures.value].filter((each) => each !== seat)));
  }

  #onWake() {
    const wake = () => {
      if (this.#current) this.#tellSizes(this.#current);
      if (!document.hidden && this.#current?.pc.connectionState !== "connected") this.#rejoin();
    };
    const events = /** @type {const} */ (["online", "pageshow"]);
    for (const event of events) globalThis.addEventListener?.(event, wake);
    globalThis.document?.addEventListener("visibilitychange", wake);
    return () => {
      for (const event of events) globalThis.removeEventListener?.(event, wake);
      globalThis.document?.removeEventListener("visibilitychange", wake);
    };
  }

  /** Whatever was asked for before is not going to be answered. */
  #afresh() {
    this.#end(this.#next);
    this.#next = null;
    this.#rejoin();
  }

  /** Ask for the seats anew. What is shown stays until the new pictures are there. */
  #rejoin() {
    if (!this.#running || this.#next) return;
    clearTimeout(this.#again);
    const peer = newPeerId();
    const watch = { type: "media.watch", peer, room: this.#room, preview: this.#preview };
    if (!this.#house.connection.send(watch)) return; // the line's return brings us back here
    const pc = this.#makePeer({ bundlePolicy: "max-bundle" });
    const overdue = setTimeout(() => this.#failed(attempt), PATIENCE * 1000);
    /** @type {Attempt} */
    const attempt = { peer, pc, streams: {}, overdue };
    this.#next = attempt;
    if (this.state.value !== "live") this.state.value = "connecting";
  }

  /** @param {{ peer: string, sdp: string }} frame */
  async #offered({ peer, sdp }) {
    const attempt = this.#next;
    if (attempt?.peer !== peer) return;
    const { pc, streams } = attempt;
    pc.ontrack = ({ streams: [stream], transceiver }) => {
      const seat = /** @type {Feed} */ (stream?.id ?? transceiver.mid?.replace(/-[av]$/, ""));
      streams[seat] = stream;
    };
    pc.onconnectionstatechange = () => this.#changed(attempt);
    const relays = await iceServers();
    if (attempt !== this.#next) return; // given up meanwhile
    try {
      pc.setConfiguration({ bundlePolicy: "max-bundle", iceServers: relays });
      await pc.setRemoteDescription({ type: "offer", sdp });
      await pc.setLocalDescription();
    } catch (why) {
      if (attempt === this.#next) this.#failed(attempt);
      console.error("The offer of the stage could not be answered.", why);
      return;
    }
    // Our own addresses need not be told: the house answers to wherever we call from.
    const answer = pc.localDescription?.sdp ?? "";
    this.#house.connection.send({ type: "media.accept", peer, sdp: answer });
    this.thin.value = false;
    this.#told = "";
    this.#tellSizes(attempt);
  }

  /**
   * Say how large each picture is shown, if that has changed.
   * @param {Attempt} attempt
   */
  #tellSizes({ peer }) {
    const own = this.#own();
    const all = sizes(this.streams.value);
    const shown = own && own in all ? { ...all, [own]: "hidden" } : all;
    const told = JSON.stringify(shown);
    if (told === this.#told || told === "{}") return;
    if (this.#house.connection.send({ type: "media.show", peer, sizes: shown })) this.#told = told;
  }

  /** @param {Attempt} attempt */
  #changed(attempt) {
    const state = attempt.pc.connectionState;
    if (state === "connected") this.#connected(attempt);
    else if (state === "failed") this.#failed(attempt);
    else if (state === "disconnected") {
      clearTimeout(attempt.overdue);
      attempt.overdue = setTimeout(() => this.#failed(attempt), FLICKER * 1000);
    }
  }

  /** @param {Attempt} attempt */
  #connected(attempt) {
    clearTimeout(attempt.overdue);
    this.state.value = "live";
    this.trouble.value = "";
    this.stills.stop();
    this.#attempts = 0;
    if (attempt === this.#current) return;
    this.#end(this.#current);
    this.#current = attempt;
    this.#next = null;
    // A new connection counts its frames from none; what moved is still shown as moving.
    this.#seen = new Map([...this.#seen].map(([seat, { at }]) => [seat, { frames: 0, at }]));
    this.streams.value = attempt.streams;
  }

  /** @param {{ peer: string, sentence: string }} frame */
  #refused({ peer, sentence }) {
    if (this.#next?.peer !== peer) return;
    this.trouble.value = sentence;
    this.#failed(this.#next);
  }

  /** @param {{ peer: string }} frame */
  #gone({ peer }) {
    const attempt = [this.#current, this.#next].find((each) => each?.peer === peer);
    if (attempt) this.#failed(attempt);
  }

  /** @param {Attempt} attempt */
  #failed(attempt) {
    if (attempt !== this.#next && attempt !== this.#current) return;
    if (attempt === this.#next) this.#next = null;
    const wait = attempt === this.#current ? 0 : WAITS[Math.min(this.#attempts, WAITS.length - 1)];
    if (attempt === this.#current) this.#current = null;
    else this.#attempts++;
    this.#end(attempt);
    if (!this.#current) this.stills.start();
    if (!this.#current) this.state.value = this.#house.media.value ? "connecting" : "lost";
    if (this.#attempts >= HOPELESS && !this.trouble.value && this.#house.media.value) {
      this.trouble.value = t(
        "Your network blocks video. A phone hotspot helps; questions and chat go on here.",
      );
    }
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#rejoin(), wait * 1000);
  }

  /** @param {Attempt | null} attempt */
  #end(attempt) {
    if (!attempt) return;
    clearTimeout(attempt.overdue);
    attempt.pc.onconnectionstatechange = null;
    attempt.pc.close();
    this.#house.connection.send({ type: "media.hang-up", peer: attempt.peer });
  }

  /** Which seats' pictures move; a shared screen may stand still as long as it likes. */
  async #look() {
    const attempt = this.#current;
    if (!attempt) return void this.#show(new Set());
    this.#tellSizes(attempt);
    const now = performance.now() / 1000;
    const { bytes, found, sounded } = await decoded(attempt);
    this.#listen(bytes, now);
    const sounds = sounded.filter(([seat, packets]) => packets > (this.#sounded.get(seat) ?? 0));
    this.#sounded = new Map(sounded);
    replace(this.sounds, new Set(sounds.map(([seat]) => seat)));
    for (const [seat, frames] of found) {
      const before = this.#seen.get(seat);
      if (frames > (before?.frames ?? 0)) this.#seen.set(seat, { frames, at: now });
    }
    const still = this.thin.value ? STOPPED : STILL;
    const moving = [...this.#seen].filter(
      ([seat, { at }]) => now - at < (seat === "screen" ? Infinity : still),
    );
    this.#show(new Set(moving.map(([seat]) => seat)));
  }

  /**
   * Where pictures were moving and all of a sudden nothing arrives, the network may be another
   * one: ask the house at once whether it is still there, which brings us back if it is not.
   * @param {number} bytes received so far
   * @param {number} now
   */
  #listen(bytes, now) {
    if (bytes !== this.#heard.bytes) {
      this.#heard = { bytes, at: now };
    } else if (this.pictures.value.size && now - this.#heard.at > HUSH) {
      this.#heard.at = Infinity; // once is enough
      this.#house.connection.wake();
    }
  }

  /** @param {Set<Feed>} seats */
  #show(seats) {
    replace(this.pictures, seats);
  }
}

/**
 * @param {import("../../vendor/preact.js").Signal<Set<Feed>>} known
 * @param {Set<Feed>} seats
 */
function replace(known, seats) {
  const before = known.value;
  if (seats.size === before.size && [...seats].every((seat) => before.has(seat))) return;
  known.value = seats;
}

/** @typedef {{ peer: string, pc: RTCPeerConnection, streams: Streams, overdue: ReturnType<typeof setTimeout> }} Attempt */

/**
 * How many bytes arrived, how many frames were decoded behind each seat, and of how many packets
 * of sound there is word.
 * @param {Attempt} attempt
 * @returns {Promise<{ bytes: number, found: [Feed, number][], sounded: [Feed, number][] }>}
 */
async function decoded({ pc, streams }) {
  const seats = new Map(
    Object.entries(streams).flatMap(([seat, stream]) =>
      stream.getTracks().map((track) => [track.id, /** @type {Feed} */ (seat)]),
    ),
  );
  /** @type {[Feed, number][]} */
  const found = [];
  /** @type {[Feed, number][]} */
  const sounded = [];
  let bytes = 0;
  for (const report of (await pc.getStats()).values()) {
    if (report.type === "transport") bytes += report.bytesReceived ?? 0;
    const seat = report.type === "inbound-rtp" ? seats.get(report.trackIdentifier) : undefined;
    if (seat && report.kind === "video") found.push([seat, report.framesDecoded ?? 0]);
    if (seat && report.kind === "audio") sounded.push([seat, report.packetsReceived ?? 0]);
  }
  return { bytes, found, sounded };
}
