/** Several files of one recording, all with the same time 0, played in step. */

import { signal } from "../../vendor/preact.js";

/**
 * @typedef {object} Film
 * @property {number} offset seconds from the beginning of the item's recording
 * @property {number} seconds how long it is
 */

/**
 * As much of a video element as is needed here.
 * @typedef {Pick<HTMLVideoElement, "currentTime" | "paused" | "ended" | "readyState" | "play" | "pause" | "hidden" | "seeking">} Picture
 */

const APART = 0.15; // seconds two pictures may differ before one is set right
const BEAT = 100; // milliseconds between two looks
const READY = 3; // HTMLMediaElement.HAVE_FUTURE_DATA

export class Together {
  /** Seconds since the first picture of all. */
  at = signal(0);
  playing = signal(false);
  #timer = 0;
  #looked = 0;

  /**
   * @param {Picture[]} pictures
   * @param {Film[]} films one for each picture
   * @param {() => number} [now] seconds that only ever grow
   */
  constructor(pictures, films, now = () => performance.now() / 1000) {
    const first = Math.min(...films.map(({ offset }) => offset));
    this.#now = now;
    this.#first = first;
    this.tracks = films.map(({ offset, seconds }, at) => ({
      picture: /** @type {Picture} */ (pictures[at]),
      from: offset - first,
      to: offset - first + seconds,
    }));
    /** Seconds of all of it. */
    this.length = Math.max(0, ...this.tracks.map(({ to }) => to));
    this.#show();
  }

  #now;
  /** Seconds from time 0 of all files, where the item's recording began, to the first picture. */
  #first = 0;

  play() {
    if (this.at.peek() >= this.length) this.seek(0);
    this.playing.value = true;
    this.#looked = this.#now();
    clearInterval(this.#timer);
    this.#timer = /** @type {any} */ (setInterval(() => this.look(), BEAT));
    this.look();
  }

  pause() {
    this.playing.value = false;
    clearInterval(this.#timer);
    for (const { picture } of this.tracks) picture.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.at.value = Math.min(this.length, Math.max(0, seconds));
    this.#looked = this.#now();
    for (const { picture } of this.#on()) picture.currentTime = this.#first + this.at.peek();
    this.#show();
  }

  /** Let time pass, unless a picture is still loading, and set right who is out of step. */
  look() {
    const now = this.#now();
    const passed = now - this.#looked;
    this.#looked = now;
    const playing = this.#on().filter(({ picture }) => !picture.ended); // one may be cut short
    const loads = playing.some(({ picture }) => picture.readyState < READY || picture.seeking);
    if (!loads) this.at.value = Math.min(this.length, this.at.peek() + passed);
    this.#show();
    for (const { picture } of this.#on().filter(({ picture }) => !picture.ended)) {
      const should = this.#first + this.at.peek();
      if (Math.abs(picture.currentTime - should) > APART && !picture.seeking) {
        picture.currentTime = should;
      }
      if (picture.paused) void Promise.resolve(picture.play()).catch(() => this.pause());
    }
    if (this.at.peek() >= this.length) this.pause();
  }

  #on() {
    const at = this.at.peek();
    return this.tracks.filter(({ from, to }) => from <= at && at < to);
  }

  #show() {
    const on = this.#on();
    for (const track of this.tracks) {
      const shown = on.includes(track);
      track.picture.hidden = !shown;
      if (!shown && !track.picture.paused) track.picture.pause();
    }
  }
}
