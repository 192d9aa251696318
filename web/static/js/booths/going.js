/** Whoever waits at a booth's page for a talk goes to it by itself when it opens. */

import { effect } from "../../vendor/preact.js";

/**
 * A talk that was on when the page was opened moves nobody: its page may have been left on purpose.
 * @param {import("../house.js").House} house
 * @param {string} booth its id
 */
export function goToTalks(house, booth) {
  /** @type {string | null} the talk one sat in; null while that is not known */
  let before = null;
  effect(() => {
    const shown = house.lounge().shown.value;
    if (!shown) return;
    const { counter } = shown.booths;
    const id = counter?.booth === booth ? counter.id : "";
    if (id && before === "") location.assign(`/booths/${booth}/talk`);
    before = id;
  });
}
