/** How the picture and sound of a talk travel: between two browsers, or for three by the house. */

import { computed, effect, signal } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { iceServers } from "../media/ice.js";
import { Pair } from "../media/pair.js";
import { configurationFor, pathOf } from "../media/path.js";
import { Publisher } from "../media/publisher.js";
import { Viewer } from "../media/viewer.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */
/** @typedef {import("./equipment.js").Equipment} Equipment */
/** @typedef {import("../media/path.js").Path} Path */

const CALLS = "foyer.calls"; // where this tab remembers its connections over a reload
const KEPT = 40; // connections
const PATIENCE = 1.2; // seconds the house has to answer when the partner fell silent

/** From browser to browser. */
export class PairWay {
  /** @type {import("../../vendor/preact.js").Signal<RTCIceServer[] | null>} */
  #servers = signal(null);
  /** Which way it goes; null until the house has said what relays there are. */
  path = computed(() => this.#path());
  /** Whether another window or device of one's own has this talk now. */
  elsewhere = signal(false);
  pair;

  #house;
  talk;
  #partner;
  #equipment;
  /** @type {(() => void)[]} */
  #leave = [];

  /**
   * @param {House} house
   * @param {Breakout} talk
   * @param {string} me
   * @param {Equipment} equipment
   */
  constructor(house, talk, me, equipment) {
    this.#house = house;
    this.talk = talk.id;
    this.#partner = talk.people.find((each) => each !== me) ?? "";
    this.#equipment = equipment;
    this.pair = new Pair({
      polite: me > this.#partner,
      signal: (call, word) => this.#signal(call, word),
      configuration: () => this.#configuration(),
      tracks: () => equipment.tracks(),
      shows: () => equipment.shows(),
      hushed: () => house.connection.wake(PATIENCE),
    });
  }

  /** Be there as long as the partner is. */
  start() {
    const { connection, line } = this.#house;
    const there = computed(() => this.#partner in (this.#shown?.entered ?? {}));
    this.#leave = [
      connection.on("told", ({ room, event }) => room === LOUNGE && this.#hear(event)),
      effect(() => {
        if (there.value && !this.elsewhere.value) this.pair.start();
        else this.pair.stop();
      }),
      this.#onOtherPath(() => this.pair.renew()),
      line.subscribe((state) => state === "open" && this.pair.wake()),
      this.#equipment.subscribe(() => this.pair.refresh()),
    ];
  }

  stop() {
    for (const leave of this.#leave.splice(0)) leave();
    this.pair.stop();
  }

  /** Have the talk here again. */
  take() {
    this.elsewhere.value = false;
  }

  get #shown() {
    return this.#house.lounge().shown.value?.breakouts[this.talk];
  }

  /**
   * @param {string} call
   * @param {import("../media/pair.js").Word} word
   */
  #signal(call, word) {
    if (word.description) remember(call);
    const to = this.#partner;
    const body = JSON.stringify(word);
    return this.#house.do(LOUNGE, { type: "breakout.signal", breakout: this.talk, to, call, body });
  }

  /** @param {any} event */
  #hear({ type, breakout, by, call, body }) {
    if (type !== "breakout.signalled" || breakout !== this.talk || by !== this.#partner) return;
    const word = understood(body);
    if (!word) return;
    if (word.of && !isOwn(word.of)) {
      this.elsewhere.value = true; // an answer to what another page of ours has asked
      return;
    }
    void this.pair.hear(call, word);
  }

  async #configuration() {
    const servers = await iceServers();
    this.#servers.value = servers;
    return configurationFor(servers, this.path.value ?? "relay");
  }

  /** @returns {Path | null} */
  #path() {
    const servers = this.#servers.value;
    const shown = this.#house.lounge().shown.value;
    const { people = [], direct = [] } = this.#shown ?? {};
    if (!servers || !shown) return null;
    return pathOf({ servers, rule: shown.rules.path, people, direct });
  }

  /**
   * Both agreed to a direct connection, or one of them no longer does.
   * @param {() => void} act
   */
  #onOtherPath(act) {
    let before = this.path.peek();
    return effect(() => {
      const path = this.path.value;
      if (before && path !== before) queueMicrotask(act);
      before = path;
    });
  }
}

/** By way of the house, as on a stage. */
export class HouseWay {
  /** Whether another window or device of one's own sends the picture. */
  elsewhere = computed(() => this.sending.value === "elsewhere");
  /** @type {import("../../vendor/preact.js").Signal<import("../media/publisher.js").Sending>} */
  sending = signal("off");
  viewer;
  talk;

  #house;
  #room;
  #equipment;
  #camera;
  #screen;
  #shared = false;
  /** @type {(() => void)[]} */
  #leave = [];

  /**
   * @param {House} house
   * @param {Breakout} talk
   * @param {string} me
   * @param {Equipment} equipment
   */
  constructor(house, talk, me, equipment) {
    this.#house = house;
    this.talk = talk.id;
    this.#room = `talk-${talk.id}`;
    this.#equipment = equipment;
    const own = /** @type {import("../media/viewer.js").Feed} */ (
      `seat-${talk.people.indexOf(me) + 1}`
    );
    this.viewer = new Viewer(house, this.#room, { own: () => own });
    const wire = house.connection;
    const room = this.#room;
    const tracks = () => equipment.devices.stream.getTracks();
    const shown = () => equipment.screen?.getTracks() ?? [];
    this.#camera = new Publisher({ wire, room, what: "camera", tracks });
    this.#screen = new Publisher({ wire, room, what: "screen", tracks: shown });
  }

  start() {
    this.viewer.start();
    this.#camera.start();
    this.#leave = [
      this.#camera.subscribe(() => (this.sending.value = this.#camera.state)),
      this.#equipment.subscribe(() => {
        this.#camera.refresh();
        void this.#share(this.#equipment.sharing.value);
      }),
    ];
  }

  stop() {
    for (const leave of this.#leave.splice(0)) leave();
    this.viewer.stop();
    this.#camera.stop();
    this.#screen.stop();
    this.sending.value = "off";
  }

  take() {
    this.#camera.start();
  }

  /** @param {boolean} on */
  async #share(on) {
    if (on === this.#shared) return on && this.#screen.refresh();
    this.#shared = on;
    if (on) this.#screen.start();
    else this.#screen.stop();
    await this.#house.do(LOUNGE, { type: "tables.share", room: this.#room, on }).catch(() => {
      if (on) this.#equipment.stopSharing(); // somebody else's screen is shown
    });
  }
}

/** @param {unknown} body @returns {import("../media/pair.js").Word | null} */
function understood(body) {
  try {
    const word = JSON.parse(String(body));
    return word && typeof word === "object" ? word : null;
  } catch {
    return null;
  }
}

/** @type {Set<string>} */
const own = new Set();

/**
 * Whether a connection is this tab's own, or was before it was loaded anew.
 * @param {string} call
 */
const isOwn = (call) => own.has(call) || remembered().includes(call);

/** @returns {string[]} */
function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(CALLS) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} call */
function remember(call) {
  if (own.has(call)) return;
  own.add(call);
  try {
    sessionStorage.setItem(CALLS, JSON.stringify([...remembered(), call].slice(-KEPT)));
  } catch {
    // A browser that keeps nothing knows its connections until it is loaded anew.
  }
}
