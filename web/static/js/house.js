/** The live rooms as this browser knows them, each a signal that is folded from what it hears. */

import { signal } from "../vendor/preact.js";
import { beat, clock, startBeating } from "./clock.js";
import { readConfig } from "./config.js";
import { Connection, ownSocket } from "./connection.js";
import { drawFrom } from "./parts/icon.js";
import { fold } from "./state/fold.js";
import { cameraCalled } from "./state/sources.js";
import { useZone } from "./times.js";
import { learn } from "./words.js";

/** @typedef {import("../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../wire.d.ts").FoyerShown} FoyerShown */
/** @typedef {import("../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../wire.d.ts").PitchShown} PitchShown */
/** @typedef {import("../wire.d.ts").Person} Person */

export const FOYER = "foyer";
export const LOUNGE = "lounge";
export const FAIR = "fair";

/**
 * The id of a stage's room.
 * @param {string} stage
 */
export const roomOf = (stage) => `stage-${stage}`;

/**
 * @template {FairShown | FoyerShown | LoungeShown | PitchShown} S
 * @typedef {object} Room
 * @property {string} id
 * @property {import("../vendor/preact.js").Signal<S | null>} shown null until the first snapshot
 * @property {number} epoch
 * @property {number} seq
 */

export class House {
  /** @type {import("../vendor/preact.js").Signal<Person | null>} */
  me = signal(null);
  /** @type {import("../vendor/preact.js").Signal<import("./connection.js").Line>} */
  line = signal("connecting");
  /** @type {import("../vendor/preact.js").Signal<boolean>} whether the media process is there */
  media = signal(true);
  connection;
  /** @type {Map<string, Room<any>>} */
  #rooms = new Map();

  /** @param {Connection} connection */
  constructor(connection) {
    this.connection = connection;
    connection.on("line", (line) => (this.line.value = line));
    connection.on("welcome", (frame) => this.#welcome(frame));
    connection.on("snapshot", (frame) => this.#snapshot(frame));
    connection.on("resumed", ({ room, epoch }) => this.#at(room, (known) => (known.epoch = epoch)));
    connection.on("told", (frame) => this.#told(frame));
    connection.on("shown", ({ room, view }) => this.#at(room, (known) => this.#fold(known, view)));
    connection.on("media.lost", () => (this.media.value = false));
    connection.on("media.back", () => (this.media.value = true));
  }

  /**
   * Open a room and keep it open.
   * @template {FairShown | FoyerShown | LoungeShown | PitchShown} S
   * @param {string} id
   * @returns {Room<S>}
   */
  join(id) {
    const known = this.#rooms.get(id);
    if (known) return known;
    const room = { id, shown: signal(null), epoch: 0, seq: -1 };
    this.#rooms.set(id, room);
    this.connection.send({ type: "join", room: id, epoch: 0, seq: -1 });
    return room;
  }

  /** @returns {Room<FoyerShown>} */
  foyer() {
    return this.join(FOYER);
  }

  /** @returns {Room<LoungeShown>} */
  lounge() {
    return this.join(LOUNGE);
  }

  /** @returns {Room<FairShown>} */
  fair() {
    return this.join(FAIR);
  }

  /**
   * @param {string} id the stage's
   * @returns {Room<PitchShown>}
   */
  stage(id) {
    return this.join(roomOf(id));
  }

  /**
   * Have a command carried out; rejects with `Refused`.
   * @param {string} room
   * @param {object} command
   */
  do(room, command) {
    return this.connection.do(room, command);
  }

  /**
   * Somebody's entry in the directory; a camera of the hall has one as well.
   * @param {string | null | undefined} id
   * @returns {Person | undefined}
   */
  person(id) {
    if (!id) return undefined;
    return cameraCalled(id) ?? this.foyer().shown.value?.people[id];
  }

  /** @param {{ me: Person }} frame */
  #welcome({ me }) {
    const another = this.me.peek() !== null && this.me.peek()?.id !== me.id;
    if (another) this.#forget();
    this.me.value = me;
    this.media.value = true;
    for (const { id, epoch, seq } of this.#rooms.values()) {
      this.connection.send({ type: "join", room: id, epoch, seq });
    }
  }

  /** Somebody else signed in here: what the one before could see is not theirs. */
  #forget() {
    for (const room of this.#rooms.values()) Object.assign(room, { epoch: 0, seq: -1 });
  }

  /** @param {import("../wire.d.ts").Snapshot} frame */
  #snapshot({ room, epoch, seq, shown }) {
    this.#at(room, (known) => {
      known.epoch = epoch;
      known.seq = seq;
      known.shown.value = shown;
    });
  }

  /** @param {import("../wire.d.ts").Told} frame */
  #told({ room, epoch, seq, event }) {
    this.#at(room, (known) => {
      if (seq >= 0 && seq <= known.seq) return; // heard before
      if (seq >= 0) Object.assign(known, { epoch, seq });
      this.#fold(known, event);
    });
  }

  /**
   * @param {Room<any>} room
   * @param {{ type: string }} message
   */
  #fold(room, message) {
    const shown = room.shown.peek();
    if (shown) room.shown.value = fold(shown, message, this.me.peek()?.id ?? "");
  }

  /**
   * @param {string} id
   * @param {(room: Room<any>) => void} act
   */
  #at(id, act) {
    const room = this.#rooms.get(id);
    if (room) act(room);
  }
}

/**
 * Come in: read the page, learn the words, connect.
 * @param {() => WebSocket} [socket]
 * @returns {Promise<{ house: House, config: import("./config.js").Config }>}
 */
export async function enter(socket = ownSocket) {
  const config = readConfig();
  useZone(config.timeZone);
  drawFrom(config.urls?.icons);
  await learn(config.language, config.urls?.words);
  const connection = new Connection(socket);
  const house = new House(connection);
  connection.on("pong", () => (beat.value = clock.now()));
  document.addEventListener("visibilitychange", () => document.hidden || connection.wake());
  window.addEventListener("online", () => connection.wake());
  window.addEventListener("pageshow", (event) => event.persisted && connection.wake());
  startBeating();
  connection.start();
  return { house, config };
}
