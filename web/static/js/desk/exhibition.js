/** The exhibition at the desk: the tour and the audience's favourite, folded up while both rest. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Favourite } from "./favourite.js";
import { Tour } from "./tour.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** Nothing where the house has no stands. @param {{ desk: Desk }} given */
export function Exhibition({ desk }) {
  const fair = desk.house.fair().shown.value;
  const tour = desk.house.lounge().shown.value?.tour;
  if (!tour || !fair || !(fair.booths.length + fair.exhibits.length)) return null;
  const busy = tour.item !== null || fair.gallery.favourite.stands === "open";
  return html`<section class="desk-rounds desk-tour" aria-labelledby="exhibition-h">
    <details open=${busy}>
      <summary><h2 id="exhibition-h">${t("Tour and favourite")}</h2></summary>
      <${Tour} desk=${desk} tour=${tour} fair=${fair} />
      <${Favourite} desk=${desk} fair=${fair} />
    </details>
  </section>`;
}
