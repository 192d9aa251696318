/** The directory comes to life: who is here lights up, who leaves turns grey. */

import { effect, html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { isBlocked, PersonMenu } from "../contacts/menu.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { n, t } from "../words.js";

const { house } = await enter();
const room = house.foyer();

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
  for (const entry of document.querySelectorAll("[data-person]")) {
    const is = here.has(entry.getAttribute("data-person") ?? "");
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

// Whoever is kept away is not found here; the menu of the others says how.
const lounge = house.lounge();
effect(() => {
  if (lounge.shown.value === null || room.shown.value === null || !house.me.value) return;
  for (const entry of document.querySelectorAll("[data-person]")) {
    const person = entry.getAttribute("data-person") ?? "";
    /** @type {HTMLElement} */ (entry).hidden = isBlocked(house, person);
    const place = entry.querySelector("[data-live='menu']");
    if (place) render(html`<${PersonMenu} house=${house} person=${person} where="people" />`, place);
  }
});

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
