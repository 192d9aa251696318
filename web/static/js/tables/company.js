/** Beside the pictures: who knocks, who sits here, and what is written. */

import { html } from "../../vendor/preact.js";
import { heard, PersonMenu } from "../contacts/menu.js";
import { Composer, Log } from "../parts/chat.js";
import { Icon } from "../parts/icon.js";
import { PersonLine, Place as Where } from "../parts/person.js";
import { feeds } from "../state/tables.js";
import { t } from "../words.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../../wire.d.ts").Table} Table */

/** @param {{ place: Place, table: Table }} given */
export const Company = ({ place, table }) => html`
  <aside class="side" aria-labelledby="company-h">
    <${Knocks} place=${place} />
    <section aria-labelledby="company-h">
      <h2 id="company-h">${t("At the table")}</h2>
      <ul class="company" role="list">
        ${Object.values(feeds(table)).map(
          (person) => html`<${Sitter} key=${person} place=${place} person=${person} />`,
        )}
      </ul>
    </section>
    <section class="writing" aria-labelledby="written-h">
      <h2 id="written-h">${t("In writing")}</h2>
      <${Log}
        lines=${heard(place.house, place.lines.value)}
        person=${(/** @type {string} */ id) => place.house.person(id)}
        label=${t("What is written at this table")}
      />
      <${Composer}
        id="written" label=${t("To those at the table")}
        send=${(/** @type {string} */ text) => place.say(text)}
      />
    </section>
  </aside>
`;

/** @param {{ place: Place, person: string }} given */
function Sitter({ place, person }) {
  const known = place.house.person(person);
  if (!known) return null;
  return html`<li>
    <${PersonLine} person=${known}>
      <span class="at">
        <${Where} place=${known.place} />
        <${PersonMenu} house=${place.house} person=${person} where="table" place=${place.id} />
      </span>
    </${PersonLine}>
  </li>`;
}

/** @param {{ place: Place }} given */
function Knocks({ place }) {
  const knocking = Object.entries(place.tables?.knocks[place.id] ?? {}).filter(
    ([person]) => person !== place.me,
  );
  return html`<div class="knocks" role="status">
    ${knocking.map(([person]) => {
      const name = place.house.person(person)?.name ?? t("Somebody");
      return html`<div class="panel knock" key=${person}>
        <p>${t("{name} knocks and would like to join you.", { name })}</p>
        <div class="acts">
          <button class="btn primary" type="button" onClick=${() => place.answer(person, true)}>
            <${Icon} name="door-open" />${t("Let in")}<span class="sr">: ${name}</span>
          </button>
          <button class="btn" type="button" onClick=${() => place.answer(person, false)}>
            ${t("Not now")}<span class="sr">: ${name}</span>
          </button>
        </div>
      </div>`;
    })}
  </div>`;
}
