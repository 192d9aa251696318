/** The green room as one object: where one stands, what one brings, and how to act. */

import { expected } from "../desk/rundown.js";
import { Viewer } from "../media/viewer.js";
import { announce } from "../parts/announce.js";
import { attempt } from "../parts/toast.js";
import { computed, effect, signal } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Kit } from "./kit.js";
import { ownTurn, standing } from "./standing.js";

/** @typedef {import("../house.js").House} House */

/** One person's green room of one stage. Seat and place are kept by the house. */
export class Backstage {
  sound = signal(false);
  /** Whether one has gone out by oneself; then nothing brings one back unasked. */
  left = signal(false);
  #reason = "";

  /**
   * @param {House} house
   * @param {string} stageId
   */
  constructor(house, stageId) {
    this.house = house;
    this.stageId = stageId;
    this.foyerRoom = house.foyer();
    this.pitchRoom = house.stage(stageId);
    this.viewer = new Viewer(house, this.pitchRoom.id);
    this.kit = new Kit(house, this.pitchRoom.id, () => this.light === "live");
    this.ready = computed(() =>
      Boolean(house.me.value && this.foyerRoom.shown.value && this.pitchRoom.shown.value),
    );
    /** Where one stands on the way to the stage. */
    this.standing = computed(() => standing(this.floor, this.me));
    this.seated = computed(() => this.standing.value.is === "seated");
    this.waits = computed(() => this.me in this.floor.greenRoom);
    /** Whether the house is to have one's picture and sound. */
    this.heard = computed(() => this.waits.value || this.seated.value);
  }

  /** Read only once `ready`. */
  get foyer() {
    return /** @type {import("../../wire.d.ts").FoyerShown} */ (this.foyerRoom.shown.value);
  }

  get pitch() {
    return /** @type {import("../../wire.d.ts").PitchShown} */ (this.pitchRoom.shown.value);
  }

  get floor() {
    return this.pitch.floor;
  }

  get agenda() {
    return this.foyer.agenda;
  }

  get stage() {
    return this.agenda.stages.find((each) => each.id === this.stageId);
  }

  get me() {
    return this.house.me.value?.id ?? "";
  }

  /** How one's own camera arrives at the house. */
  get light() {
    return this.pitchRoom.shown.value?.floor.lights[`${this.me}/camera`] ?? "gone";
  }

  /** Whether one's own phone is the camera, and this page only shows the rest. */
  get phoned() {
    return this.pitchRoom.shown.value?.insurance.phones.includes(this.me) ?? false;
  }

  /** @param {boolean} on */
  usePhone(on) {
    return this.do({ type: "insurance.use-phone", on });
  }

  /** @param {string} id */
  name(id) {
    return id === this.me ? t("You") : (this.house.person(id)?.name ?? id);
  }

  /**
   * When one's own item begins, as expected at `now`.
   * @param {number} now
   */
  turn(now) {
    const turn = ownTurn(this.agenda, this.stageId, this.me);
    if (!turn || !this.stage) return turn;
    const at = expected(this.agenda, this.stage, now).get(turn.item)?.startsAt ?? turn.at;
    return { ...turn, at };
  }

  /** Come in, send picture and sound while one is here, and stop when one is not. */
  start() {
    this.viewer.start();
    effect(() => {
      if (!this.ready.value || this.left.value) return;
      const { is, slot } = this.standing.value;
      const due = is !== "away" && is !== "seated" && !this.waits.value;
      this.#enter(due ? `${is} ${slot?.item}` : "");
    });
    effect(() => {
      if (!this.ready.value) return;
      const heard = this.heard.value;
      const away = this.phoned;
      queueMicrotask(() => {
        if (heard && !away) void this.kit.send();
        else if (heard) this.kit.rest();
        else this.kit.putAway();
      });
    });
    effect(() => {
      // On stage one hears the others; before, the green room is quiet until one asks.
      if (this.ready.value) this.sound.value = this.seated.value;
    });
    this.#followScreen();
    this.#readOut();
  }

  /** @param {object} command */
  do(command) {
    return attempt(this.house.do(this.pitchRoom.id, command));
  }

  /** @param {"speaker" | "moderator" | "guest"} seat */
  async goOn(seat) {
    if (!this.phoned) await this.kit.send();
    return this.do({ type: "floor.take-seat", seat });
  }

  /** Out of the green room, back to the audience. */
  async goOut() {
    this.left.value = true;
    await this.do({ type: "floor.go-out" });
    location.assign(`/stage/${this.stageId}`);
  }

  /**
   * Come in, once for each reason: what is refused is not asked again and again.
   * @param {string} reason  Empty if there is none.
   */
  #enter(reason) {
    if (reason && reason !== this.#reason) {
      queueMicrotask(() => void this.do({ type: "floor.enter" }));
    }
    this.#reason = reason;
  }

  /** When the house ends the sharing, the screen is not to be recorded any longer. */
  #followScreen() {
    let mine = false;
    effect(() => {
      const now = this.ready.value && this.floor.screen === this.me;
      if (mine && !now) queueMicrotask(() => void this.kit.stopSharing());
      mine = now;
    });
  }

  /** Words of the moderator are read out once, and quietly. */
  #readOut() {
    let last = "";
    effect(() => {
      if (!this.ready.value) return;
      const prompt = this.floor.prompts.at(-1);
      if (prompt && last && prompt.id !== last && prompt.by !== this.me) announce(prompt.text);
      last = prompt?.id ?? "none";
    });
    effect(() => {
      if (this.ready.value && this.floor.wrapUpAt !== null && this.standing.value.is === "seated") {
        announce(t("Please come to an end."));
      }
    });
  }
}
