/** What is worth telling somebody about their own turn while they wait for it. */

import { turnsOf } from "./agenda.js";
import { rung } from "./countdown.js";

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {{ item: string, title: string, startsAt: number, bells: 0 | 1 | 2 | 3 }} Turn */
/** @typedef {{ bell?: 1 | 2 | 3, moved?: number }} News `moved`: the time it has moved to */

const WORTH_A_WORD = 120; // seconds; smaller changes are only shown

/**
 * The turn somebody waits for; null while they are on stage or have none ahead.
 * @param {AgendaShown} agenda
 * @param {string} person
 * @param {number} now
 * @returns {Turn | null}
 */
export function awaited(agenda, person, now) {
  const turns = turnsOf(agenda, person);
  if (turns.some(({ state }) => state === "live")) return null;
  const turn = turns.find(({ state }) => state === "waiting");
  if (!turn) return null;
  const { id, item, startsAt } = turn;
  return { item: id, title: item.title, startsAt, bells: rung(startsAt, now) };
}

/**
 * What has happened since the last word about it; `told` is what was told so far.
 * A bell rings once, also when the turn moves away and comes near again.
 * @param {Turn | null} told
 * @param {Turn | null} turn
 * @returns {{ told: Turn | null, news: News }}
 */
export function tidings(told, turn) {
  if (!turn || told?.item !== turn.item) return { told: turn, news: {} };
  const moved = Math.abs(turn.startsAt - told.startsAt) >= WORTH_A_WORD;
  const rang = turn.bells > told.bells;
  return {
    told: {
      ...turn,
      startsAt: moved ? turn.startsAt : told.startsAt,
      bells: rang ? turn.bells : told.bells,
    },
    news: {
      ...(rang ? { bell: /** @type {1 | 2 | 3} */ (turn.bells) } : {}),
      ...(moved ? { moved: turn.startsAt } : {}),
    },
  };
}
