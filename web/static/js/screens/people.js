/** The directory comes to life: who is here lights up, filters follow the keys, wishes are ranked. */

import { effect, html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { Deeds } from "../people/deeds.js";
import { addressOf, entryOf, fits, wantedOf } from "../people/filter.js";
import { WishList } from "../people/list.js";
import { n, t } from "../words.js";

const { house } = await enter();
const room = house.foyer();
const lounge = house.lounge();
const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-person]")]);

/** Shown in place of what the server drew, for one person. */
/** @param {{ here: boolean }} given */
const Presence = ({ here }) =>
  here
    ? html`<${Icon} name="circle-check" />${t("here now")}`
    : html`<${Icon} name="circle-dashed" />${t("not here at the moment")}`;

effect(() => {
  const shown = room.shown.value;
  if (shown === null) return;
  const here = new Set(shown.presence.here);
  for (const entry of entries) {
    const is = here.has(entry.dataset.person ?? "");
    entry.querySelector(".person")?.classList.toggle("away", !is);
    const place = entry.querySelector("[data-live='presence']");
    if (place) draw(place, html`<${Presence} here=${is} />`);
  }
  const count = document.querySelector("[data-live='count']");
  if (count) {
    count.textContent = n(
      "{n} person is here just now.",
      "{n} people are here just now.",
      here.size,
    );
  }
});

const waiting = effect(() => {
  if (!lounge.shown.value || !room.shown.value || !house.me.value) return;
  queueMicrotask(() => {
    waiting();
    const list = document.querySelector("[data-live='wishes']");
    if (list) draw(list, html`<${WishList} house=${house} />`);
    bringDeedsToLife();
  });
});

/** Only those in view: a gathering may have hundreds of people. */
function bringDeedsToLife() {
  const seen = new IntersectionObserver((changes) => {
    for (const { isIntersecting, target } of changes) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      const person = target.closest("[data-person]")?.getAttribute("data-person") ?? "";
      draw(target, html`<${Deeds} house=${house} person=${person} />`);
    }
  });
  for (const place of document.querySelectorAll("[data-live='deeds']")) seen.observe(place);
}

// Whom one blocks goes at once.
effect(() => {
  const blocked = new Set(lounge.shown.value?.safety.blocked ?? []);
  for (const entry of entries) {
    entry.toggleAttribute("data-kept-away", blocked.has(entry.dataset.person ?? ""));
  }
  narrow();
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
  const asking = /** @type {HTMLFormElement | null} */ (document.querySelector("form.filter"));
  if (!asking) return;
  const wanted = wantedOf(new FormData(asking));
  for (const entry of entries) {
    entry.hidden = entry.hasAttribute("data-kept-away") || !fits(entryOf(entry.dataset), wanted);
  }
  let found = 0;
  for (const group of document.querySelectorAll("section:has(> .directory)")) {
    const shown = group.querySelectorAll("[data-person]:not([hidden])").length;
    /** @type {HTMLElement} */ (group).hidden = shown === 0;
    const count = group.querySelector("h2 .num");
    if (count) count.textContent = String(shown);
    found += shown;
  }
  const nobody = /** @type {HTMLElement | null} */ (document.querySelector("[data-live='nobody']"));
  if (nobody) nobody.hidden = found > 0;
  history.replaceState(null, "", addressOf(wanted) + location.hash);
}

/** What the server drew makes way once. */
/**
 * @param {Element} place
 * @param {any} part
 */
function draw(place, part) {
  if (!place.hasAttribute("data-drawn")) {
    place.setAttribute("data-drawn", "");
    place.replaceChildren();
  }
  render(part, place);
}

mount({ house, ready: () => false, room: () => null });
