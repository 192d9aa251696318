/** A table seen from its door: six places along an arch, and who has taken them. */

import { html } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { Face } from "../parts/person.js";
import { SEATS } from "../state/tables.js";
import { n, t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Table} Table */
/** @typedef {import("../house.js").House} House */

/** @param {{ table: Table }} given */
export function Places({ table }) {
  const bySeat = new Map(Object.entries(table.seats).map(([person, seat]) => [seat, person]));
  return html`<ol class="places" aria-hidden="true">
    ${Array.from({ length: SEATS }, (_, at) => {
      const person = bySeat.get(at + 1);
      return html`<li key=${at}>${person ? html`<${Face} id=${person} />` : null}</li>`;
    })}
  </ol>`;
}

/**
 * Who sits there, in the order of the seats.
 * @param {House} house
 * @param {Table} table
 */
export function names(house, table) {
  const sitting = Object.entries(table.seats).sort(([, one], [, other]) => one - other);
  const known = sitting.map(([person]) => house.person(person)?.name ?? "").filter(Boolean);
  return known.length ? known.join(", ") : t("Nobody sits here yet.");
}

/**
 * How much room there is.
 * @param {Table} table
 */
export function roomWords(table) {
  const free = SEATS - Object.keys(table.seats).length;
  if (table.closesAt !== null) return t("closes now");
  return free ? n("{n} seat free", "{n} seats free", free) : t("all seats taken");
}

/** @param {{ house: House, table: Table, me: string }} given */
export const Card = ({ house, table, me }) => html`
  <li class="round-table">
    <${Places} table=${table} />
    <div class="what">
      <h3><a href=${`/tables/${table.id}`}>${table.topic}</a></h3>
      <p>${names(house, table)}</p>
      <p class="soft">
        ${
          me in table.seats
            ? html`<span class="ready" data-is="yes"><${Icon} name="circle-check" />${t("You sit here")}</span>`
            : roomWords(table)
        }
        ${
          table.private &&
          html`<span class="tag"><${Icon} name="lock" />${t("private, please knock")}</span>`
        }
      </p>
    </div>
  </li>
`;
