/** A work comes to life: its thread, the words said to it, the vote, and whom one may talk to. */

import { effect, html, render } from "../../vendor/preact.js";
import { Ask } from "../bookings/ask.js";
import { Favourite, Vote } from "../exhibition/favourite.js";
import { Hang, TakeDown } from "../exhibition/hang.js";
import { Says } from "../exhibition/says.js";
import { Thread, threadOf } from "../exhibition/thread.js";
import { enter } from "../house.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { t } from "../words.js";

const { house, config } = await enter();
const work = config.work ?? "";
const fair = house.fair();
const told = threadOf(house, work);

/** What somebody began to write before the page came to life. */
let begun = "";

const waiting = effect(() => {
  if (!fair.shown.value || !house.lounge().shown.value || !house.foyer().shown.value) return;
  if (!house.me.value || !told.value) return;
  queueMicrotask(() => {
    waiting();
    draw("favourite", html`<${Favourite} house=${house} /><${Vote} house=${house} work=${work} />`);
    draw("says", html`<${Says} house=${house} work=${work} />`);
    const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("ask-it"));
    const writing = field !== null && field === document.activeElement;
    begun = field?.value ?? "";
    draw("thread", html`<${Questions} />`);
    if (writing) document.getElementById("ask-it")?.focus();
    draw("changed", html`<${Changed} />`);
    for (const author of document.querySelectorAll("[data-author]")) {
      const person = author.getAttribute("data-author") ?? "";
      const place = author.querySelector("[data-live='ask']");
      place?.replaceChildren();
      if (place) render(html`<${Author} person=${person} />`, place);
    }
  });
});

// What is one's own to set up needs no line to the house.
draw("hang", html`<${Hang} work=${work} />`);
for (const place of document.querySelectorAll("[data-hanging]")) {
  const hanging = place.getAttribute("data-hanging") ?? "";
  const inside = /** @type {HTMLElement | null} */ (place.querySelector("[data-live='take-down']"));
  const name = inside?.dataset.name ?? "";
  if (inside) render(html`<${TakeDown} work=${work} hanging=${hanging} name=${name} />`, inside);
}

const Questions = () =>
  told.value &&
  html`<${Thread}
    house=${house} work=${work} told=${told.value} begun=${begun}
    mayAnswer=${config.mayAnswer ?? false} desk=${config.desk ?? false}
  />`;

/** Whether they are here now, and a talk to ask for. @param {{ person: string }} given */
function Author({ person }) {
  const here = house.foyer().shown.value?.presence.here.includes(person);
  return html`${here ? html`<span class="soft">${t("here now")}</span>` : null}
    <${Ask} house=${house} to=${person} label=${t("I would like to talk to you")} />`;
}

/** What hangs here is not drawn anew under one's eyes. */
const Changed = () =>
  told.value?.hung === config.hung
    ? null
    : html`<p class="notice" role="status">
        <${Icon} name="refresh-cw" /><span
          >${t("This work was changed just now.")}${" "}<a href=${location.pathname}>${t("Show it as it is")}</a></span
        >
      </p>`;

/**
 * What the server drew makes way.
 * @param {string} name
 * @param {any} part
 */
function draw(name, part) {
  const place = document.querySelector(`[data-live='${name}']`);
  place?.replaceChildren();
  if (place) render(part, place);
}

mount({ house, ready: () => false, room: () => null });
