/** Who of a company is at its booth just now, truthfully. */

import { html } from "../../vendor/preact.js";
import { PersonMenu } from "../contacts/menu.js";
import { Face } from "../parts/person.js";
import { t } from "../words.js";
import { State } from "./words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Stall} Stall */

const SHORT = 90; // characters of what somebody says of themselves

/** @param {{ house: House, shown: Stall, menu?: boolean, acts?: (person: string) => any }} given */
export function Staff({ house, shown, menu = true, acts }) {
  const standing = Object.entries(shown.staff).filter(([person]) => house.person(person));
  if (!standing.length) {
    return html`<p class="soft">${t("Nobody stands here just now.")}</p>`;
  }
  return html`<ul class="staff" role="list">
    ${standing.map(
      ([person, how]) => html`<li key=${person} data-person=${person}>
        <div class=${`person ${how.state === "away" ? "away" : ""}`}>
          <${Face} id=${person} />
          <span
            ><span class="name">${house.person(person)?.name}</span><br /><span class="role"
              >${about(house, person)}</span
            ></span
          >
          <span class="at-end"
            ><${State} standing=${how} />${acts?.(person)}${
              menu ? html`<${PersonMenu} house=${house} person=${person} where="people" />` : null
            }</span
          >
        </div>
      </li>`,
    )}
  </ul>`;
}

/**
 * What somebody says of themselves, in a line.
 * @param {House} house
 * @param {string} person
 */
export function about(house, person) {
  const profile = house.lounge().shown.value?.wishes.profiles[person];
  if (!profile) return "";
  const said = profile.about || profile.degree;
  return said && said.length <= SHORT ? said : profile.offers.slice(0, 3).join(", ");
}
