/** The page of talks as one object: which talk is on, who is there, and how to act. */

import { computed, effect, signal } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { chime } from "../media/bell.js";
import { announce } from "../parts/announce.js";
import { listed } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { goesOver, partners, present } from "../state/breakouts.js";
import { spoken, t } from "../words.js";
import { Equipment } from "./equipment.js";
import { HouseWay, PairWay } from "./way.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */
/** @typedef {{ id: string, by: string, text: string, at: number }} Line */

const MOST_LINES = 200; // kept on this page; nobody else keeps any
const WRITING = ".partner textarea, .partner input[type=text], .partner input[type=email], dialog";

/** One person's talks on one page. What is on is kept by the house. */
export class Talk {
  equipment = new Equipment();
  /** @type {import("../../vendor/preact.js").Signal<Line[]>} what was written in this talk */
  lines = signal([]);
  /** @type {import("../../vendor/preact.js").Signal<PairWay | HouseWay | null>} */
  way = signal(null);
  /** @type {import("../../vendor/preact.js").Signal<string>} a talk that waits until one has written */
  held = signal("");

  #id = signal("");
  /** Whether one is writing something that no other talk may sweep away. */
  #writing = signal(false);
  #said = 0;

  /** @param {House} house */
  constructor(house) {
    this.house = house;
    this.loungeRoom = house.lounge();
    this.foyerRoom = house.foyer();
    this.ready = computed(() =>
      Boolean(house.me.value && this.foyerRoom.shown.value && this.loungeRoom.shown.value),
    );
    this.current = computed(() => this.talks[this.#id.value] ?? null);
    /** Whether one has come in and it is not over. */
    this.inside = computed(() => Boolean(this.current.value && this.me in this.current.value.entered));
    /** Whether the house says where to meet instead: all are in the hall. */
    this.atTable = computed(() => this.place.startsWith("table"));
  }

  get me() {
    return this.house.me.value?.id ?? "";
  }

  /** All of one's own, by id. */
  get talks() {
    return this.loungeRoom.shown.value?.breakouts ?? {};
  }

  /** Whether it is over and nobody else ever came. */
  get inVain() {
    const { phase, came } = this.current.value ?? { phase: "open", came: [] };
    return phase === "over" && !came.some((each) => each !== this.me);
  }

  /** The ids of those one talks with. */
  get others() {
    return this.current.value ? partners(this.current.value, this.me) : [];
  }

  /** Where one goes for this talk. */
  get place() {
    return this.current.value?.places[this.me] ?? "room";
  }

  /** @param {string} id */
  name(id) {
    return id === this.me ? t("You") : (this.house.person(id)?.name ?? t("Somebody"));
  }

  /** The names of those one talks with. */
  get names() {
    return listed(
      this.others.map((each) => this.name(each)),
      spoken(),
    );
  }

  /** Find the talk that is on, go along with what happens, bring picture and sound. */
  start() {
    this.house.connection.on("told", ({ room, event }) => room === LOUNGE && this.#hear(event));
    document.addEventListener("focusin", () => this.#looksAtWriting());
    document.addEventListener("focusout", () => queueMicrotask(() => this.#looksAtWriting()));
    effect(() => {
      if (this.ready.value) this.#choose();
    });
    effect(() => {
      const inside = this.inside.value && !this.atTable.value;
      const id = inside ? this.#id.value : "";
      queueMicrotask(() => this.#travel(id));
    });
  }

  /** @param {object} command of a kind that belongs to this talk */
  do(command) {
    return attempt(this.house.do(LOUNGE, { ...command, breakout: this.#id.peek() }));
  }

  /** Come in, with whatever devices there are. */
  async enter() {
    if (!this.atTable.peek()) void this.equipment.devices.open();
    await this.do({ type: "breakout.enter" });
  }

  /** Go; the door stays open as long as the talk lasts. */
  async leave() {
    await this.do({ type: "breakout.leave" });
    this.equipment.putAway();
  }

  /** @param {string} text */
  say(text) {
    const command = { type: "breakout.say", breakout: this.#id.peek(), text };
    return this.house.do(LOUNGE, command);
  }

  /** Go over to the talk that waits. */
  goOn() {
    const next = this.talks[this.held.value];
    if (next) this.#show(next);
  }

  #choose() {
    const found = present(this.talks, this.me, this.#id.value);
    const another = found !== null && found.id !== this.#id.value;
    const writing = this.current.value !== null && this.#writing.value;
    queueMicrotask(() => {
      if (another && !writing) this.#show(found);
      else this.held.value = another ? found.id : "";
    });
  }

  /** @param {Breakout} talk */
  #show(talk) {
    const from = this.current.peek();
    this.held.value = "";
    this.lines.value = [];
    this.#id.value = talk.id;
    if (!from || talk.phase === "over") return;
    void chime(2);
    announce(t("Your talk with {name} is open.", { name: this.names }));
    if (goesOver(from, talk, this.me)) void this.enter();
  }

  /** @param {any} event */
  #hear({ type, breakout, by, text, at }) {
    if (type !== "breakout.said" || breakout !== this.#id.peek()) return;
    const line = { id: `${++this.#said}`, by, text, at };
    this.lines.value = [...this.lines.value, line].slice(-MOST_LINES);
  }

  /**
   * Take the way of this talk, or none.
   * @param {string} id
   */
  #travel(id) {
    const way = this.way.peek();
    if ((way?.talk ?? "") === id) return;
    way?.stop();
    const talk = this.talks[id];
    const Way = talk?.via === "sfu" ? HouseWay : PairWay;
    const next = talk ? new Way(this.house, talk, this.me, this.equipment) : null;
    this.way.value = next;
    if (!next) return this.equipment.putAway();
    void this.equipment.devices.open(); // after a reload they are not open yet
    next.start();
  }

  #looksAtWriting() {
    this.#writing.value = Boolean(document.activeElement?.closest(WRITING));
  }
}
