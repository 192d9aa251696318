/** One's talks come to life: the next round, all partners, and what one has arranged. */

import { Bookings } from "../bookings/panel.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { Rounds } from "../rounds/list.js";
import { Next } from "../rounds/next.js";
import { nextRound, ownRounds } from "../state/rounds.js";
import { effect, html, render } from "../../vendor/preact.js";

const { house } = await enter();
const foyer = house.foyer();
const lounge = house.lounge();

/** The reader's rounds, as they are at this moment. */
function rounds() {
  const [shown, evening, me] = [lounge.shown.value, foyer.shown.value, house.me.value];
  return shown && evening && me ? ownRounds(shown, evening.agenda, me) : [];
}

const PARTS = {
  "next-round": () => html`<${Next} house=${house} round=${nextRound(rounds())} />`,
  rounds: () => html`<${Rounds} house=${house} rounds=${rounds()} />`,
  bookings: () => html`<${Bookings} house=${house} />`,
};

const waiting = effect(() => {
  if (!lounge.shown.value || !foyer.shown.value || !house.me.value) return;
  queueMicrotask(() => {
    waiting();
    for (const [name, Part] of Object.entries(PARTS)) {
      const place = document.querySelector(`[data-live="${name}"]`);
      if (!place) continue;
      place.replaceChildren();
      render(html`<${Part} />`, place);
    }
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  });
});
mount({ house, ready: () => false, room: () => null });
