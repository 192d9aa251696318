/** Whether and how loud this browser plays the stage; remembered on this device. */

import { signal } from "../../vendor/preact.js";

const KEY = "foyer.sound";

/** @typedef {{ on: boolean, volume: number }} Wish */

/** @type {import("../../vendor/preact.js").Signal<Wish>} what the listener wants */
export const wish = signal(remembered());
/** @type {import("../../vendor/preact.js").Signal<boolean>} the browser waits for a click first */
export const blocked = signal(false);

/** @param {Partial<Wish>} change */
export function want(change) {
  wish.value = { ...wish.value, ...change };
  blocked.value = false;
  try {
    localStorage.setItem(KEY, JSON.stringify(wish.value));
  } catch {
    // A browser that keeps nothing still plays.
  }
}

/** @returns {Wish} */
function remembered() {
  const usual = { on: true, volume: 1 };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return usual;
  }
}
