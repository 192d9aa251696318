/** After a talk at a counter, or before one: the cards, and what comes next. */

import { html } from "../../vendor/preact.js";
import { Ask } from "../bookings/ask.js";
import { isBlocked } from "../contacts/menu.js";
import { Swap } from "../contacts/swap.js";
import { VisitorNote } from "../letters/visitor.js";
import { Icon } from "../parts/icon.js";
import { ownBooth } from "../state/counters.js";
import { t } from "../words.js";
import { organisation } from "./summons.js";
import { Queue } from "./ticket.js";

/** @typedef {import("./place.js").Place} Place */

/** @param {{ place: Place }} given */
export function Afterwards({ place }) {
  const { house, booth } = place;
  const met = place.met.value.filter((person) => !isBlocked(house, person));
  const own = ownBooth(house.lounge().shown.value, house.me.value) === booth;
  return html`<div class="after">
    <section class="afterwards panel" aria-labelledby="after-h">
      <h1 id="after-h">${met.length ? t("Thank you for the talk.") : t("You are not at the counter just now.")}</h1>
      ${met.length ? html`<p>${t("Here you can stay in touch, note something for yourself, and arrange to talk again.")}</p>` : null}
      ${met.length || own ? null : html`<${Queue} house=${house} booth=${booth} />`}
      <p class="acts">
        ${
          own
            ? html`<a class="btn primary" href=${`/booths/${booth}/desk`}><${Icon} name="sliders-horizontal" />${t("To my desk at the booth")}</a>`
            : html`<a class="btn" href=${`/booths/${booth}`}><${Icon} name="store" />${t("To the booth of {name}", { name: organisation(house, booth) })}</a>
              <a class="btn" href="/booths"><${Icon} name="door-open" />${t("All booths")}</a>`
        }
        ${met.map((person) => html`<${Ask} key=${person} house=${house} to=${person} label=${t("Talk again with {name}", { name: house.person(person)?.name ?? "" })} />`)}
      </p>
    </section>
    ${
      met.length
        ? html`<div class="side">
            ${met.map((person) => html`<${Swap} key=${person} house=${house} partner=${person} />
              ${own ? html`<${VisitorNote} house=${house} booth=${booth} person=${person} />` : null}`)}
          </div>`
        : null
    }
  </div>`;
}
