/** The moderator's desk as one object: what is shown, what is chosen, and how to act. */

import { clock } from "../clock.js";
import { Kit } from "../green/kit.js";
import { FOYER } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { attempt } from "../parts/toast.js";
import { computed, signal } from "../../vendor/preact.js";
import { insured } from "../state/insurance.js";
import { goesToStage } from "../state/questions.js";
import { seen } from "../state/sources.js";
import { nextStep } from "./rundown.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {"team" | "chat" | "messages"} Tab */

const SLIP = 1.5; // seconds in which a second press means the same step, not the one after it
const KEYS = "foyer.keys"; // where this browser remembers that keys are off

/** One desk for one stage. Everything that matters lives in the house; a reload loses nothing. */
export class Desk {
  /** @type {import("../../vendor/preact.js").Signal<Tab>} */
  tab = signal(/** @type {Tab} */ ("team"));
  /** Whom the next message goes to. @type {import("../../vendor/preact.js").Signal<string | null>} */
  to = signal(null);
  /** Deeds on their way: pressing twice is not two deeds. */
  busy = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  keys = signal(localStorage.getItem(KEYS) !== "off");
  sound = signal(false);

  /**
   * @param {House} house
   * @param {string} stageId
   * @param {boolean} [players] whether players may be connected as well as cameras
   */
  constructor(house, stageId, players = false) {
    this.house = house;
    this.stageId = stageId;
    this.players = players;
    this.foyerRoom = house.foyer();
    this.pitchRoom = house.stage(stageId);
    this.viewer = new Viewer(house, this.pitchRoom.id, { preview: true });
    this.kit = new Kit(house, this.pitchRoom.id, () => {
      const me = house.me.peek()?.id ?? "";
      return this.pitchRoom.shown.peek()?.floor.lights[`${me}/camera`] === "live";
    });
    this.ready = computed(() => Boolean(this.foyerRoom.shown.value && this.pitchRoom.shown.value));
  }

  /** The foyer as it is; read only once `ready`. */
  get foyer() {
    return /** @type {import("../../wire.d.ts").FoyerShown} */ (this.foyerRoom.shown.value);
  }

  get pitch() {
    return /** @type {import("../../wire.d.ts").PitchShown} */ (this.pitchRoom.shown.value);
  }

  /** Who and what is to be seen on the seats, cameras of the hall among them. */
  get seen() {
    return insured(seen(this.pitch.floor, this.pitch.sources), this.pitch.insurance);
  }

  get agenda() {
    return this.foyer.agenda;
  }

  /** This desk's line of the agenda; nothing if the stage was taken out of the programme. */
  get stage() {
    return this.agenda.stages.find((each) => each.id === this.stageId);
  }

  /** Whether a question goes to those who are on this stage now. */
  get goesToStage() {
    return goesToStage(this.agenda, this.stage?.live?.id ?? null);
  }

  get me() {
    return this.house.me.value?.id ?? "";
  }

  /** @param {string} id */
  name(id) {
    return this.house.person(id)?.name ?? id;
  }

  /**
   * Do something to the running order; refusals come as a toast.
   * @param {object | null | undefined} command
   */
  direct(command) {
    return this.#act(FOYER, command);
  }

  /** Take the next step, once however often it is pressed. */
  next() {
    const step = this.stage && nextStep(this.agenda, this.stage);
    const begun = this.stage?.live?.startedAt ?? 0;
    return clock.now() - begun < SLIP ? undefined : this.direct(step?.command);
  }

  /**
   * Do something in this stage's room; refusals come as a toast.
   * @param {object | null | undefined} command
   */
  do(command) {
    return this.#act(this.pitchRoom.id, command);
  }

  /** @param {boolean} on */
  useKeys(on) {
    this.keys.value = on;
    localStorage.setItem(KEYS, on ? "on" : "off");
  }

  /** @param {string} person */
  writeTo(person) {
    this.to.value = person;
    this.tab.value = "messages";
  }

  /**
   * A deed under way is not done twice, however often it is pressed; minutes add up.
   * @param {string} room
   * @param {object | null | undefined} command
   */
  async #act(room, command) {
    if (!command) return undefined;
    const deed = JSON.stringify(command);
    const addsUp = /** @type {{type?: string}} */ (command).type === "agenda.extend";
    if (this.busy.value.has(deed) && !addsUp) return undefined;
    this.busy.value = new Set([...this.busy.value, deed]);
    try {
      return await attempt(this.house.do(room, command));
    } finally {
      this.busy.value = new Set([...this.busy.value].filter((each) => each !== deed));
    }
  }
}
