/** One's place at a counter: while one sits there, picture and sound go to the others and come. */

import { effect, signal } from "../../vendor/preact.js";
import { Kit } from "../green/kit.js";
import { LOUNGE } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { attempt } from "../parts/toast.js";
import { feeds, roomOfCounter } from "../state/booths.js";
import { counterAt } from "../state/counters.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Counter} Counter */
/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {{ id: string, by: string, text: string, at: number }} Line */

const STAYS = 20_000; // milliseconds between two words that this page is still there
const KEPT = 100; // lines of what was written

/** One talk at a counter: its equipment belongs to its room, so each talk has its own. */
class Sitting {
  room;
  kit;
  viewer;

  /**
   * @param {House} house
   * @param {string} id the counter's
   * @param {() => Feed | null} own the seat one sits on
   */
  constructor(house, id, own) {
    this.room = roomOfCounter(id);
    const lit = () => own() !== null && this.viewer.sounds.value.has(/** @type {Feed} */ (own()));
    const share = (/** @type {boolean} */ on) =>
      house.do(LOUNGE, { type: "tables.share", room: this.room, on });
    this.kit = new Kit(house, this.room, lit, share);
    this.viewer = new Viewer(house, this.room, { own });
  }
}

export class Place {
  house;
  booth;
  /** @type {import("../../vendor/preact.js").Signal<Sitting | null>} */
  sitting = signal(null);
  /** @type {import("../../vendor/preact.js").Signal<Line[]>} what was written while one sat here */
  lines = signal([]);
  /** @type {import("../../vendor/preact.js").Signal<string[]>} with whom one talked here last */
  met = signal([]);

  #lounge;
  #said = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #staying;

  /**
   * @param {House} house
   * @param {string} booth its id
   */
  constructor(house, booth) {
    this.house = house;
    this.booth = booth;
    this.#lounge = house.lounge();
  }

  /** @returns {Counter | null} the talk one sits in at this booth */
  get counter() {
    const lounge = this.#lounge.shown.value;
    return lounge && counterAt(lounge, this.booth);
  }

  get me() {
    return this.house.me.value?.id ?? "";
  }

  /** Whether one stands behind the counter. */
  get serves() {
    return this.counter?.reps.includes(this.me) ?? false;
  }

  /** @returns {string | undefined} whose screen is shown */
  get screen() {
    const { sitting } = this;
    const screens = this.#lounge.shown.value?.tables.screens ?? {};
    return sitting.value ? screens[sitting.value.room] : undefined;
  }

  /** Send and watch for as long as one sits here, whatever made one sit down or leave. */
  start() {
    const { connection, line } = this.house;
    connection.on("told", ({ room, event }) => {
      if (room === LOUNGE && event.type === "counter.said" && event.counter === this.counter?.id) {
        this.#heard(event);
      }
    });
    line.subscribe((state) => state === "open" && this.#stay());
    addEventListener("pagehide", () => this.#stay(true));
    addEventListener("pageshow", () => this.#stay());
    let sat = "";
    effect(() => {
      const id = this.counter?.id ?? "";
      if (id && id !== sat) this.met.value = [];
      this.#remember();
      if (this.#lounge.shown.value === null || id === sat) return;
      sat = id;
      queueMicrotask(() => this.#move(id));
    });
  }

  leave() {
    return this.#about("booth.leave");
  }

  /** Let the talk end: there is time to say goodbye. */
  finish() {
    return this.#about("booth.finish");
  }

  /** @param {string} to a colleague */
  handOver(to) {
    return this.#about("booth.hand-over", { to });
  }

  /** @param {boolean} on */
  makePrivate(on) {
    return this.#about("booth.make-private", { on });
  }

  /**
   * @param {string} person who asks to stand along
   * @param {boolean} [on]
   */
  letIn(person, on = true) {
    return this.#about("booth.let-in", { person, on });
  }

  /** @param {string} text */
  say(text) {
    return this.house.do(LOUNGE, { type: "counter.say", counter: this.counter?.id, text });
  }

  /**
   * @param {string} type
   * @param {object} [more]
   */
  #about(type, more = {}) {
    const counter = this.counter?.id;
    return attempt(this.house.do(LOUNGE, { type, counter, ...more }));
  }

  /** With whom one talks: the cards can be swapped when it is over. */
  #remember() {
    const { counter, serves, me } = this;
    if (!counter) return;
    const others = serves ? [...counter.came, ...counter.reps] : counter.reps;
    const known = this.met.peek();
    const met = [...new Set([...known, ...others])].filter((person) => person !== me);
    if (met.join() !== known.join()) this.met.value = met;
  }

  /** @param {string} id the counter one sits at from now on; "" for none */
  #move(id) {
    clearInterval(this.#staying);
    this.sitting.value?.viewer.stop();
    this.sitting.value?.kit.putAway();
    this.sitting.value = null;
    if (!id) return;
    this.lines.value = [];
    const sitting = new Sitting(this.house, id, () => this.#feed);
    this.sitting.value = sitting;
    this.#stay();
    this.#staying = setInterval(() => this.#stay(), STAYS);
    sitting.viewer.start();
    void sitting.kit.send();
  }

  /** @returns {Feed | null} */
  get #feed() {
    const mine = Object.entries(feeds(this.counter)).find(([, person]) => person === this.me);
    return mine ? /** @type {Feed} */ (mine[0]) : null;
  }

  /** Say that this page is there, or that it closes: it may be loaded anew and return. */
  #stay(leaving = false) {
    const counter = this.counter?.id;
    if (!counter || this.house.line.value !== "open") return;
    // A seat that is gone meanwhile needs no word; the next event says so.
    this.house.do(LOUNGE, { type: "counter.stay", counter, leaving }).catch(() => undefined);
  }

  /** @param {{ by: string, text: string, at: number }} said */
  #heard({ by, text, at }) {
    const line = { id: `c${++this.#said}`, by, text, at };
    this.lines.value = [...this.lines.value, line].slice(-KEPT);
  }
}
