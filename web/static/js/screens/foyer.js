/** The foyer comes to life: each part the server drew is drawn anew when the evening moves. */

import { effect, html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { Mine } from "../foyer/mine.js";
import { People } from "../foyer/people.js";
import { Stages } from "../foyer/stages.js";
import { State } from "../foyer/state.js";
import { OwnTurn, subject } from "../foyer/turn.js";
import { mount } from "../parts/page.js";
import { phase, stageOf } from "../state/agenda.js";
import { ownRounds } from "../state/rounds.js";
import { t } from "../words.js";

/**
 * Everything the parts draw from, at one moment.
 * @typedef {object} Evening
 * @property {import("../../wire.d.ts").FoyerShown} foyer
 * @property {import("../../wire.d.ts").AgendaShown} agenda
 * @property {string} me the reader's id
 * @property {import("../house.js").House} house
 * @property {import("../state/rounds.js").OwnRound[]} rounds the reader's
 * @property {string} gathering its name
 * @property {string} welcome who invites, and where
 * @property {(id: string) => import("../../wire.d.ts").Person | undefined} person
 * @property {(id: string) => string} stageName
 */

const { house, config } = await enter();
const room = house.foyer();
const lounge = house.lounge();

/** @returns {Evening} */
function now() {
  const foyer = /** @type {import("../../wire.d.ts").FoyerShown} */ (room.shown.value);
  const host = config.host ? t("{host} welcomes you.", { host: config.host }) : "";
  return {
    foyer,
    agenda: foyer.agenda,
    me: house.me.value?.id ?? "",
    house,
    rounds: rounds(foyer.agenda),
    gathering: config.gathering ?? "",
    welcome: [host, config.city].filter(Boolean).join(" "),
    person: (id) => foyer.people[id],
    stageName: (id) => stageOf(foyer.agenda, id)?.name ?? id,
  };
}

/** @param {import("../../wire.d.ts").AgendaShown} agenda */
function rounds(agenda) {
  const [shown, me] = [lounge.shown.value, house.me.value];
  return shown && me ? ownRounds(shown, agenda, me) : [];
}

const PARTS = { state: State, "own-turn": OwnTurn, stages: Stages, mine: Mine, people: People };

/** Draw every part in its place, once the first snapshot is there. */
function comeAlive() {
  for (const [name, Part] of Object.entries(PARTS)) {
    const place = document.querySelector(`[data-live="${name}"]`);
    if (place) settle(place, () => html`<${Part} evening=${now()} />`);
  }
  const turn = document.querySelector('[data-live="own-turn"]');
  effect(() => void turn?.toggleAttribute("hidden", subject(now()) === null));
  effect(() => {
    if (phase(now().agenda) !== "before") openDoors();
  });
}

/**
 * @param {Element} place
 * @param {import("../../vendor/preact.js").Component} part
 */
function settle(place, part) {
  place.replaceChildren();
  render(html`<${part} />`, place);
}

/** It begins: where one could prepare are now the stages. */
function openDoors() {
  const preparing = document.querySelector(".stages.prepare");
  if (!preparing) return;
  preparing.classList.remove("prepare");
  preparing.setAttribute("aria-labelledby", "stages-h");
  preparing.setAttribute("data-live", "stages");
  settle(preparing, () => html`<${Stages} evening=${now()} />`);
}

const waiting = effect(() => {
  if (room.shown.value === null || house.me.value === null) return;
  queueMicrotask(() => {
    waiting();
    comeAlive();
  });
});
mount({ house, ready: () => false, room: () => null });
