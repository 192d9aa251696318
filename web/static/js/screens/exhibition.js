/** The gallery comes to life: filters follow the keys, and the vote is told as it stands. */

import { effect, html, render } from "../../vendor/preact.js";
import { Favourite } from "../exhibition/favourite.js";
import { addressOf, fits, wantedOf } from "../exhibition/filter.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";

const { house } = await enter();
const fair = house.fair();
const works = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-work]")]);

const waiting = effect(() => {
  if (!fair.shown.value || !house.foyer().shown.value) return;
  queueMicrotask(() => {
    waiting();
    const place = document.querySelector("[data-live='favourite']");
    place?.replaceChildren();
    if (place) render(html`<${Favourite} house=${house} />`, place);
  });
});

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.filter"));
// A page that was asked for a part holds only that part, and asks again by the form.
if (form && !form.hasAttribute("data-narrowed")) {
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
  });
} else {
  form?.addEventListener("change", () => form.requestSubmit());
}

function narrow() {
  if (!form) return;
  const wanted = wantedOf(new FormData(form));
  for (const work of works) {
    const entry = {
      words: (work.textContent ?? "").toLowerCase(),
      kind: work.dataset.kind ?? "",
      topics: (work.dataset.topics ?? "").split("|"),
    };
    work.hidden = !fits(entry, wanted);
  }
  const nothing = /** @type {HTMLElement | null} */ (document.querySelector("[data-live='nothing']"));
  if (nothing) nothing.hidden = works.some((work) => !work.hidden);
  history.replaceState(null, "", addressOf(wanted) + location.hash);
}

mount({ house, ready: () => false, room: () => null });
