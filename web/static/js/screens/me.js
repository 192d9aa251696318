/** One's own page: it reads without life; the slides of one's own items are brought here. */

import { effect, html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { ClipBox, clipWords } from "../parts/clip.js";
import { deckWords, DeckBox } from "../parts/deck.js";
import { mount } from "../parts/page.js";
import { makeChips } from "../people/chips.js";

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */

const SLIDELESS = ["questions", "break", "round", "tour"]; // as server/slides.py has them

const { house } = await enter();
const foyer = house.foyer();
mount({ house, ready: () => false, room: () => null });
bringSlidesToLife();
for (const field of document.querySelectorAll("[data-live='topics']")) {
  makeChips(/** @type {HTMLElement} */ (field));
}

function bringSlidesToLife() {
  const place = document.querySelector('[data-live="slides"]');
  if (!place) return;
  const stop = effect(() => {
    if (!foyer.shown.value || !house.me.value) return;
    queueMicrotask(() => {
      stop();
      place.replaceChildren();
      render(html`<${Decks} />`, place);
    });
  });
}

function Decks() {
  const agenda = /** @type {AgendaShown} */ (foyer.shown.value?.agenda);
  return html`<ul class="decks" role="list">
    ${ownItems(agenda, house.me.value?.id ?? "").map(
      ({ stage, item }) => html`<${OwnDeck} key=${item} stage=${stage} item=${item} title=${agenda.items[item]?.title} />`,
    )}
  </ul>`;
}

/** @param {{ stage: string, item: string, title: string }} given */
function OwnDeck({ stage, item, title }) {
  const shown = house.stage(stage).shown.value;
  const deck = shown?.slides.decks[item];
  return html`<li>
    <b>${title}</b><br /><span class="soft">${shown && deckWords(deck)}</span>
    ${shown && html`<${DeckBox} item=${item} deck=${deck} label=${title} />`}
    ${shown && html`<${OwnClip} item=${item} clip=${shown.insurance.clips[item]} title=${title} />`}
  </li>`;
}

/** @param {{ item: string, clip: import("../../wire.d.ts").Clip | undefined, title: string }} given */
function OwnClip({ item, clip, title }) {
  const seconds = foyer.shown.value?.agenda.items[item]?.seconds ?? 0;
  return html`<div class="own-clip">
    <span class="soft">${clipWords(clip)}</span>
    <${ClipBox} item=${item} clip=${clip} seconds=${seconds} label=${title} />
  </div>`;
}

/**
 * One's own items that are not over and may have slides, with their stages.
 * @param {AgendaShown} agenda
 * @param {string} me
 */
function ownItems(agenda, me) {
  return agenda.stages.flatMap(({ id, live, waiting }) =>
    [...(live ? [live.id] : []), ...waiting]
      .filter((item) => {
        const known = agenda.items[item];
        return known?.people.includes(me) && !SLIDELESS.includes(known.kind);
      })
      .map((item) => ({ stage: id, item })),
  );
}
