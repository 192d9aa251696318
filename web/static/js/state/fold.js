/** What a room looks like after a message: the browser's side of the house's `apply`. */

import * as fair from "./fair.js";
import * as foyer from "./foyer.js";
import * as lounge from "./lounge.js";
import * as pitch from "./pitch.js";

const ROOMS = /** @type {Record<string, (shown: any, message: any, me: string) => any>} */ ({
  fair: fair.fold,
  foyer: foyer.fold,
  lounge: lounge.fold,
  pitch: pitch.fold,
});

/**
 * A new picture of the room; the same one if the message changes nothing that is shown.
 * @template {{ type: string }} S
 * @param {S} shown
 * @param {{ type: string }} message an event or a view
 * @param {string} me the reader's id
 * @returns {S}
 */
export const fold = (shown, message, me) => ROOMS[shown.type](shown, message, me);
