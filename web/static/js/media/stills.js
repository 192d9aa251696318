/** Sees a stage by still pictures, while nothing else comes through this network. */

import { signal } from "../../vendor/preact.js";

/** @typedef {import("./viewer.js").Feed} Feed */
/** @typedef {{ image: string, at: number }} Still  A data URL, and when it came. */

const STALE = 6000; // milliseconds without a newer one until a seat's still is taken away

export class Stills {
  /** @type {import("../../vendor/preact.js").Signal<Map<Feed, string>>} a picture for each seat */
  images = signal(new Map());

  #house;
  #room;
  #running = false;
  /** @type {Map<Feed, Still>} */
  #kept = new Map();
  /** @type {(() => void)[]} */
  #leave = [];

  /**
   * @param {import("../house.js").House} house
   * @param {string} room
   */
  constructor(house, room) {
    this.#house = house;
    this.#room = room;
  }

  /** Ask for them from now on; does nothing while they are on their way already. */
  start() {
    if (this.#running) return;
    this.#running = true;
    const { connection, line } = this.#house;
    this.#leave = [
      connection.on("media.still", (frame) => this.#take(frame)),
      line.subscribe((state) => {
        if (state === "open") this.#ask(true);
      }),
    ];
  }

  /** Moving pictures are there. */
  stop() {
    if (!this.#running) return;
    this.#running = false;
    for (const leave of this.#leave.splice(0)) leave();
    this.#ask(false);
    this.#kept.clear();
    this.#show();
  }

  /** Somebody else comes onto a seat. @param {Feed} seat */
  forget(seat) {
    if (this.#kept.delete(seat)) this.#show();
  }

  /** @param {boolean} on */
  #ask(on) {
    this.#house.connection.send({ type: "media.stills", room: this.#room, on });
  }

  /** @param {{ stage: string, seat: string, image: string }} frame */
  #take({ stage, seat, image }) {
    if (stage !== nameOf(this.#room)) return;
    const at = performance.now();
    this.#kept.set(/** @type {Feed} */ (seat), { image: `data:image/jpeg;base64,${image}`, at });
    for (const [other, still] of this.#kept) {
      if (at - still.at > STALE) this.#kept.delete(other);
    }
    this.#show();
  }

  #show() {
    this.images.value = new Map([...this.#kept].map(([seat, { image }]) => [seat, image]));
  }
}

/**
 * What the media process calls a room: a stage by its own id, a circle by its room.
 * @param {string} room
 */
const nameOf = (room) =>
  room.startsWith("stage-") ? room.slice("stage-".length) : `circle/${room}`;
