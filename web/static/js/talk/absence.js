/** Why the partner is not to be seen, in a sentence that says what happens next. */

import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/**
 * Empty if there is nothing to be said.
 * @param {Talk} room
 * @param {Breakout} talk
 * @param {string} partner
 */
export function absence(room, talk, partner) {
  const name = room.name(partner);
  const way = room.way.value;
  if (!(partner in talk.entered)) {
    if (talk.came.includes(partner)) return t("{name} has left. The door stays open.", { name });
    if (!talk.missing.includes(partner)) return t("{name} is on the way.", { name });
    return t("{name} is not here yet. Whoever comes back within the talk is let in.", { name });
  }
  if (way && "pair" in way && way.pair.hopeless.value) {
    return t("Picture and sound do not get through just now. Please write; we keep trying.");
  }
  return "";
}
