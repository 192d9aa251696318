/** Where to meet in the hall: a number large enough to find the table by. */

import { Icon } from "../parts/icon.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** All of them are in the hall. @param {{ room: Talk }} given */
export const TableSign = ({ room }) => html`<section class="table-sign" aria-labelledby="sign-h">
  <${Icon} name="map-pin" />
  <h2 id="sign-h">${t("Table {number}", { number: numberOf(room.place) })}</h2>
  <p>${t("{name} is in the hall as well. Meet at this table; the clock runs here.", { name: room.names })}</p>
</section>`;

/** Somebody in the hall talks with somebody at home. @param {{ room: Talk }} given */
export const TabletHint = ({ room }) =>
  room.place.startsWith("tablet")
    ? html`<p class="notice">
        <${Icon} name="headphones" />
        <span>${t("You are in the hall: take booth tablet {number}, or your own phone with a headset.", { number: numberOf(room.place) })}</span>
      </p>`
    : null;

/** @param {string} place such as "table 7" */
const numberOf = (place) => place.split(" ")[1] ?? "";
