/** One's letters come to life: an answer appears as it is written. */

import { enter } from "../house.js";
import { OwnLetters } from "../letters/own.js";
import { mount } from "../parts/page.js";
import { effect, html, render } from "../../vendor/preact.js";

const { house } = await enter();
house.foyer();
const fair = house.fair();
mount({ house, ready: () => false, room: () => null });

const waiting = effect(() => {
  if (!fair.shown.value || !house.me.value) return;
  queueMicrotask(() => {
    waiting();
    const place = document.querySelector('[data-live="letters"]');
    place?.replaceChildren();
    if (place) render(html`<${OwnLetters} house=${house} />`, place);
  });
});

/** Cards that were taken back elsewhere do not stand here any more. */
effect(() => {
  const mine = fair.shown.value?.visits.mine;
  if (!mine) return;
  for (const entry of document.querySelectorAll("[data-left]")) {
    if (!mine[entry.getAttribute("data-left") ?? ""]) entry.remove();
  }
});
