/** The browser's one WebSocket to the house; it comes back by itself and loses no command. */

import { clock } from "./clock.js";
import { newPeerId } from "./media/ice.js";

/** @typedef {import("../wire.d.ts").FromServer} FromServer */
/** @typedef {"connecting" | "open" | "lost" | "restarting" | "signed-out"} Line */

const FIRST_WAIT = 1; // seconds before the first attempt to come back, less up to a half by chance
const LONGEST_WAIT = 5; // seconds
const PING_EVERY = 10; // seconds
const SILENCE = 6; // seconds a ping may stay unanswered
const SILENCE_AWAKE = 2.5; // seconds, when the page has just come to the front
const SIGNED_OUT = 4401; // the close code that says so

/** The house did not do it; the message says why, in the reader's language. */
export class Refused extends Error {}

/** @typedef {{ op: string, room: string, command: object, resolve: (seq: number) => void, reject: (why: Error) => void }} Pending */

export class Connection {
  /** @type {Line} */
  line = "connecting";
  /** The sentence the house said last before it closed, if any. */
  farewell = "";

  #open;
  #clock;
  #chance;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<string, Pending>} */
  #pending = new Map();
  /** @type {Map<string, Set<(frame: any) => void>>} */
  #hearers = new Map();
  #attempts = 0;
  #welcomed = false;
  #sent = 0;
  #tab = newPeerId().slice(0, 12);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pinging;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /**
   * @param {() => WebSocket} open makes a new socket to the house
   * @param {{ clock?: import("./clock.js").HouseClock, chance?: () => number }} [given]
   */
  constructor(open, given = {}) {
    this.#open = open;
    this.#clock = given.clock ?? clock;
    this.#chance = given.chance ?? Math.random;
  }

  /** Connect, and stay connected. */
  start() {
    this.#connect();
  }

  /**
   * Hear one kind of frame, or "line" for the state of the connection.
   * @param {string} type
   * @param {(frame: any) => void} hearer
   * @returns {() => void} stop hearing
   */
  on(type, hearer) {
    const hearers = this.#hearers.get(type) ?? new Set();
    this.#hearers.set(type, hearers.add(hearer));
    return () => hearers.delete(hearer);
  }

  /**
   * Send a frame now, if there is a house to hear it.
   * @param {object} frame one of `ToServer`
   * @returns {boolean} whether it was sent
   */
  send(frame) {
    if (!this.#welcomed || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Have a command carried out. It is sent again after every reconnection until the house
   * answers; the same `op` is one effect.
   * @param {string} room
   * @param {object} command
   * @returns {Promise<number>} the room's `seq`; rejects with `Refused`
   */
  do(room, command) {
    const op = `${this.#tab}-${Date.now().toString(36)}-${++this.#sent}`;
    return new Promise((resolve, reject) => {
      const pending = { op, room, command, resolve, reject };
      this.#pending.set(op, pending);
      this.#ask(pending);
    });
  }

  /** How many commands wait for an answer. */
  get waiting() {
    return this.#pending.size;
  }

  /**
   * The page came to the front or the network returned: do not wait any longer.
   * @param {number} [patience] seconds the house has to answer
   */
  wake(patience = SILENCE_AWAKE) {
    if (this.line === "signed-out") return;
    if (this.#welcomed) this.#ping(patience);
    else if (this.#retry !== undefined) this.#connect();
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = this.#open();
    this.#socket = socket;
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.#socket && this.#lose(code);
    this.#expect(SILENCE);
  }

  /** @param {FromServer} frame */
  #hear(frame) {
    if (frame.type === "welcome") this.#welcome(frame);
    else if (frame.type === "pong") this.#pong(frame);
    else if (frame.type === "done") this.#settle(frame.op)?.resolve(frame.seq);
    else if (frame.type === "refused") this.#settle(frame.op)?.reject(new Refused(frame.sentence));
    else if (frame.type === "goodbye") this.#goodbye(frame);
    this.#tell(frame.type, frame);
  }

  /** @param {{ now: number }} frame */
  #welcome({ now }) {
    clearTimeout(this.#silence);
    this.#clock.welcome(now);
    this.#welcomed = true;
    this.#attempts = 0;
    this.farewell = "";
    // Rooms are joined by those who hear the welcome, before any command is sent again.
    queueMicrotask(() => {
      for (const pending of this.#pending.values()) this.#ask(pending);
      this.#ping(SILENCE);
      this.#set("open");
    });
  }

  /** @param {{ sent: number, now: number }} frame */
  #pong({ sent, now }) {
    clearTimeout(this.#silence);
    this.#clock.pong(sent, now);
  }

  /** @param {{ reason: string, sentence: string }} frame */
  #goodbye({ reason, sentence }) {
    this.farewell = sentence;
    if (reason === "revoked") this.#set("signed-out");
    if (reason === "restart") this.#set("restarting");
    if (reason === "busy" || reason === "malformed") this.#attempts = 3;
    if (reason !== "malformed") return;
    // One of these is what the house did not understand: sent again it would close us again.
    for (const { op } of [...this.#pending.values()])
      this.#settle(op)?.reject(new Refused(sentence));
  }

  /** @param {number} code */
  #lose(code) {
    clearTimeout(this.#pinging);
    clearTimeout(this.#silence);
    this.#socket = null;
    this.#welcomed = false;
    if (code === SIGNED_OUT) this.#set("signed-out");
    if (this.line === "signed-out") return;
    this.#set(this.line === "restarting" ? "restarting" : "lost");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts++);
    const seconds = wait * (1 - this.#chance() / 2);
    this.#retry = setTimeout(() => this.#connect(), seconds * 1000);
  }

  /** @param {number} patience seconds */
  #ping(patience) {
    clearTimeout(this.#pinging);
    this.send({ type: "ping", sent: this.#clock.local() });
    this.#expect(patience);
    this.#pinging = setTimeout(() => this.#ping(SILENCE), PING_EVERY * 1000);
  }

  /** @param {number} seconds until silence means that the line is dead */
  #expect(seconds) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#drop(), seconds * 1000);
  }

  #drop() {
    const socket = this.#socket;
    this.#lose(1006); // a dead line may take minutes to close by itself
    socket?.close();
  }

  /** @param {Pending} pending */
  #ask({ op, room, command }) {
    this.send({ type: "do", op, room, command });
  }

  /** @param {string} op */
  #settle(op) {
    const pending = this.#pending.get(op);
    this.#pending.delete(op);
    return pending;
  }

  /** @param {Line} line */
  #set(line) {
    if (line === this.line) return;
    this.line = line;
    this.#tell("line", line);
  }

  /**
   * @param {string} type
   * @param {unknown} frame
   */
  #tell(type, frame) {
    for (const hearer of this.#hearers.get(type) ?? []) hearer(frame);
  }
}

/** The socket of this page's own origin. */
export function ownSocket() {
  return socketAt("/live");
}

/** The same for a phone that is somebody's camera, whoever else is signed in on it. */
export function phoneSocket() {
  return socketAt("/live?phone");
}

/** @param {string} path */
function socketAt(path) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}${path}`);
}
