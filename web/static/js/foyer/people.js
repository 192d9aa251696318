/** Who is here: the seating plan as an arch of dots, and some of the people by name. */

import { html } from "../../vendor/preact.js";
import { PersonLine } from "../parts/person.js";
import { n, t } from "../words.js";
import { seats } from "./seating.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */

const AT_THE_DOOR = 5; // people listed; the rest are one click away

/** @param {{ evening: Evening }} given */
export function People({ evening: { foyer, me } }) {
  const here = foyer.presence.here
    .map((id) => foyer.people[id])
    .filter((person) => person !== undefined);
  const hall = here.filter(({ place }) => place === "hall").length;
  const home = here.length - hall;
  const others = here
    .filter(({ id }) => id !== me)
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, AT_THE_DOOR);
  const all = Object.keys(foyer.people).length;
  return html`
    <div class="house">
      <h2 id="here-h">${t("Who is here")}</h2>
      <${Plan} hall=${hall} home=${home} />
      <ul class="legend" role="list">
        <li data-k="hall"><b class="num">${hall}</b> ${t("in the hall")}</li>
        <li data-k="home"><b class="num">${home}</b> ${t("at home")}</li>
      </ul>
    </div>
    <div class="guests">
      <div class="who-head">
        <h3>${t("Just now here")}</h3>
        <a class="more" href="/people">${n("{n} person in all", "All {n} people", all)}</a>
      </div>
      ${
        others.length
          ? html`<ul role="list">
            ${others.map((person) => html`<li key=${person.id}><${PersonLine} person=${person} /></li>`)}
          </ul>`
          : html`<p class="soft">
            ${t("You are the first. The others will appear here as they come in.")}
          </p>`
      }
    </div>
  `;
}

/** @param {{ hall: number, home: number }} given */
const Plan = ({ hall, home }) => html`
  <svg
    class="seating"
    viewBox="0 0 400 196"
    role="img"
    aria-label=${t("Seating plan: {hall} in the hall, {home} at home", { hall, home })}
  >
    <path class="boards" d="M148 188q52 -34 104 0" />
    ${seats(hall, home).map(({ x, y, kind }) => html`<circle class=${kind} cx=${x} cy=${y} r="5.2" />`)}
  </svg>
`;
