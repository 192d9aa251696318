/** One's place at a table: while one sits there, picture and sound go to the others and come. */

import { effect, signal } from "../../vendor/preact.js";
import { Kit } from "../green/kit.js";
import { LOUNGE } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { attempt } from "../parts/toast.js";
import { feeds, roomOf } from "../state/tables.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Table} Table */
/** @typedef {import("../../wire.d.ts").TablesShown} TablesShown */
/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {{ id: string, by: string, text: string, at: number }} Line */

const STAYS = 20_000; // milliseconds between two words that this page is still there
const KEPT = 100; // lines of what was written

export class Place {
  house;
  id;
  /** The name of the table's room. */
  room;
  kit;
  viewer;
  /** @type {import("../../vendor/preact.js").Signal<Line[]>} what was written while one sat here */
  lines = signal([]);
  /** @type {import("../../vendor/preact.js").Signal<"never" | "sits" | "rose" | "lost">} */
  was = signal("never");

  #lounge;
  #said = 0;
  #rises = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #staying;

  /**
   * @param {House} house
   * @param {string} id the table's
   */
  constructor(house, id) {
    this.house = house;
    this.id = id;
    this.room = roomOf(id);
    this.#lounge = house.lounge();
    const own = () => this.feed;
    const lit = () => own() !== null && this.viewer.sounds.value.has(/** @type {Feed} */ (own()));
    const share = (/** @type {boolean} */ on) =>
      this.#ask({ type: "tables.share", room: this.room, on });
    this.kit = new Kit(house, this.room, lit, share);
    this.viewer = new Viewer(house, this.room, { own });
  }

  /** @returns {TablesShown | undefined} */
  get tables() {
    return this.#lounge.shown.value?.tables;
  }

  /** @returns {Table | undefined} as it is now; none, once it is gone */
  get table() {
    return this.tables?.tables[this.id];
  }

  get me() {
    return this.house.me.value?.id ?? "";
  }

  get sits() {
    return this.table !== undefined && this.me in this.table.seats;
  }

  /** @returns {Feed | null} the seat one sits on */
  get feed() {
    const mine = Object.entries(feeds(this.table)).find(([, person]) => person === this.me);
    return mine ? /** @type {Feed} */ (mine[0]) : null;
  }

  /** Send and watch for as long as one sits here, whatever made one sit down or get up. */
  start() {
    const { connection, line } = this.house;
    connection.on("told", ({ room, event }) => {
      if (room === LOUNGE && event.type === "tables.said" && event.table === this.id) {
        this.#heard(event);
      }
    });
    line.subscribe((state) => state === "open" && this.#stay());
    addEventListener("pagehide", () => this.#stay(true));
    addEventListener("pageshow", () => this.#stay());
    let sat = false;
    effect(() => {
      const { sits } = this;
      if (this.#lounge.shown.value === null || sits === sat) return;
      sat = sits;
      queueMicrotask(() => (sits ? this.#settle() : this.#leave()));
    });
  }

  /** Take a seat; what goes against it is said at the thumb. */
  async sit() {
    await this.kit.open();
    return attempt(this.#ask({ type: "tables.sit", table: this.id }));
  }

  async getUp() {
    this.#rises = true;
    const done = await attempt(this.#ask({ type: "tables.get-up", table: this.id }));
    if (done === undefined) this.#rises = false;
  }

  /** @param {boolean} on */
  knock(on) {
    return attempt(this.#ask({ type: "tables.knock", table: this.id, on }));
  }

  /**
   * @param {string} person who knocks
   * @param {boolean} letIn
   */
  answer(person, letIn) {
    return attempt(this.#ask({ type: "tables.answer", table: this.id, person, letIn }));
  }

  /** @param {boolean} on */
  lock(on) {
    return attempt(this.#ask({ type: "tables.lock", table: this.id, on }));
  }

  close() {
    return attempt(this.#ask({ type: "tables.close", table: this.id }));
  }

  /** @param {string} text */
  say(text) {
    return this.#ask({ type: "tables.say", table: this.id, text });
  }

  #settle() {
    this.was.value = "sits";
    this.#stay();
    this.#staying = setInterval(() => this.#stay(), STAYS);
    this.viewer.start();
    void this.kit.send();
  }

  #leave() {
    clearInterval(this.#staying);
    this.viewer.stop();
    this.kit.putAway();
    this.lines.value = [];
    this.was.value = this.#rises ? "rose" : "lost";
    this.#rises = false;
  }

  /** Say that this page is there, or that it closes: it may be loaded anew and return. */
  #stay(leaving = false) {
    if (!this.sits) return;
    this.#ask({ type: "tables.stay", table: this.id, leaving }).catch(() => undefined);
  }

  /** @param {{ by: string, text: string, at: number }} event */
  #heard({ by, text, at }) {
    const line = { id: `l${++this.#said}`, by, text, at };
    this.lines.value = [...this.lines.value, line].slice(-KEPT);
  }

  /** @param {object} command */
  #ask(command) {
    return this.house.do(LOUNGE, command);
  }
}
