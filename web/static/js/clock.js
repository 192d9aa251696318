/** The house's clock as this browser keeps it, between two answers of the server. */

import { signal } from "../vendor/preact.js";

const KEPT = 6; // samples; a minute of pings

export class HouseClock {
  /** @type {{ trip: number, offset: number }[]} */
  #samples = [];
  #offset;
  #local;

  /**
   * @param {() => number} [local] seconds that only ever go forward
   * @param {() => number} [wall] what this machine believes the Unix time is
   */
  constructor(local = () => performance.now() / 1000, wall = () => Date.now() / 1000) {
    this.#local = local;
    this.#offset = wall() - local();
  }

  /** Unix seconds in the house. */
  now() {
    return this.#local() + this.#offset;
  }

  /** Seconds of this machine, to be sent with a ping. */
  local() {
    return this.#local();
  }

  /**
   * The first word of a new connection; good until the first ping is answered.
   * @param {number} house
   */
  welcome(house) {
    this.#samples = [];
    this.#offset = house - this.#local();
  }

  /**
   * A ping's answer. The quickest of the last round trips knows best.
   * @param {number} sent
   * @param {number} house
   */
  pong(sent, house) {
    const heard = this.#local();
    this.#samples.push({ trip: heard - sent, offset: house - (sent + heard) / 2 });
    this.#samples = this.#samples.slice(-KEPT);
    this.#offset = this.#samples.reduce((a, b) => (b.trip < a.trip ? b : a)).offset;
  }
}

export const clock = new HouseClock();

const STEP = 250; // ms; so that no counted second is shown late by more than this

/** The house's time as a signal; what shows a countdown reads it. */
export const beat = signal(clock.now());

/** Let the signal run; called once a page. */
export function startBeating() {
  setInterval(() => {
    if (!document.hidden) beat.value = clock.now();
  }, STEP);
  document.addEventListener("visibilitychange", () => (beat.value = clock.now()));
}
