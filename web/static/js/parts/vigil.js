/** Watches over one's own turn, wherever in the house one is: bells, and times that move. */

import { beat, clock } from "../clock.js";
import { audible, ring } from "../media/bell.js";
import { awaited, tidings } from "../state/turn.js";
import { timeOfDay } from "../times.js";
import { effect } from "../../vendor/preact.js";
import { t } from "../words.js";
import { announce } from "./announce.js";
import { bell } from "./bells.js";

/**
 * Say, and ring if that was chosen; returns how to stop.
 * @param {import("../house.js").House} house
 */
export function keepVigil(house) {
  /** @type {import("../state/turn.js").Turn | null} */
  let told = null;
  return effect(() => {
    void beat.value;
    const agenda = house.foyer().shown.value?.agenda;
    const me = house.me.value?.id;
    if (!agenda || !me) return;
    const turn = awaited(agenda, me, clock.now());
    const since = tidings(told, turn);
    told = since.told;
    if (turn) tellOf(since.news, turn.title);
  });
}

/**
 * @param {import("../state/turn.js").News} news
 * @param {string} title
 */
function tellOf({ bell: rung, moved }, title) {
  if (moved !== undefined) {
    announce(t("Your time on stage is now expected at {time}.", { time: timeOfDay(moved) }));
  }
  if (rung === undefined) return;
  announce(`${bell(rung)}. ${title}`);
  if (audible.peek()) void ring({ strokes: rung }).catch(() => undefined);
}
