/** Looking at a booth: the house counts who does, and its picture comes while one is shown. */

import { effect } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { roomOfShow } from "../state/booths.js";
import { boothOf } from "../state/counters.js";

/** @typedef {import("../house.js").House} House */

const REPEATS = 30_000; // milliseconds between two words that this page is still open

export class Looking {
  house;
  booth;
  viewer;
  #lounge;

  /**
   * @param {House} house
   * @param {string} booth its id
   */
  constructor(house, booth) {
    this.house = house;
    this.booth = booth;
    this.viewer = new Viewer(house, roomOfShow(booth));
    this.#lounge = house.lounge();
  }

  /** @returns {import("../../wire.d.ts").Stall | null} */
  get shown() {
    const lounge = this.#lounge.shown.value;
    return lounge && boothOf(lounge, this.booth);
  }

  /** Be counted, and see what is shown, for as long as the page is open. */
  start() {
    const { line } = this.house;
    line.subscribe((state) => state === "open" && this.#say(true, true));
    setInterval(() => this.#say(true), REPEATS);
    addEventListener("pagehide", () => this.#say(false));
    addEventListener("pageshow", () => this.#say(true, true));
    let watches = false;
    effect(() => {
      const showing = Boolean(this.shown?.showing);
      if (showing === watches) return;
      watches = showing;
      queueMicrotask(() => (showing ? this.viewer.start() : this.viewer.stop()));
    });
  }

  /**
   * @param {boolean} on
   * @param {boolean} [fresh] what was said before is not known here
   */
  #say(on, fresh = false) {
    if (this.house.line.value !== "open") return;
    // Being counted is no promise: who is refused looks on all the same.
    this.house.do(LOUNGE, { type: "booth.watch", booth: this.booth, on, fresh }).catch(() => undefined);
  }
}
