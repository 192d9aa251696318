/** What one may do about somebody in the directory: wish, ask for a talk, say no thanks. */

import { Ask } from "../bookings/ask.js";
import { PersonMenu } from "../contacts/menu.js";
import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt, tell } from "../parts/toast.js";
import { sidesFit } from "../state/bookings.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */

const LAST = 19; // the last place of a list; who is put there stands after all others

/**
 * @param {{ house: House, person: string }} given
 */
export function Deeds({ house, person }) {
  const shown = house.lounge().shown.value;
  const known = house.person(person);
  const me = house.me.value;
  if (!shown || !known || !me) return null;
  const listed = shown.wishes.mine.includes(person);
  const refused = shown.wishes.refused.includes(person);
  const may = sidesFit(shown.rules.between, me.role, known.role);
  const { name } = known;
  return html`${
      may && !refused
        ? html`<button class="btn" type="button" aria-pressed=${listed} onClick=${() => wish(house, person, listed ? null : LAST)}>
            <${Icon} name="bookmark" />${listed ? t("On my list") : t("I would like to meet")}<span class="sr"> ${name}</span>
          </button>`
        : null
    }
    ${
      refused
        ? html`<button class="btn" type="button" aria-pressed="true" onClick=${() => refuse(house, person, false)}>
            <${Icon} name="circle-x" />${t("No thanks")}<span class="sr"> ${name}</span>
          </button>`
        : html`<${Ask} house=${house} to=${person} />`
    }
    <${PersonMenu} house=${house} person=${person} where="people">
      ${
        may && !refused
          ? html`<button type="button" onClick=${() => refuse(house, person, true)}>
              <${Icon} name="circle-x" />${t("No thanks")}
            </button>`
          : null
      }
    </${PersonMenu}>`;
}

/**
 * Put somebody on the list at a place, or take them off with null.
 * @param {House} house
 * @param {string} person
 * @param {number | null} place
 */
export const wish = (house, person, place) =>
  attempt(house.do(LOUNGE, { type: "wishes.wish", person, place }));

/**
 * @param {House} house
 * @param {string} person
 * @param {boolean} on
 */
async function refuse(house, person, on) {
  if ((await attempt(house.do(LOUNGE, { type: "wishes.refuse", person, on }))) === undefined) return;
  if (!on) return;
  const name = house.person(person)?.name ?? "";
  tell(t("You will not be brought together with {name}. Nobody is told.", { name }), {
    tone: "done",
    action: { label: t("Undo"), act: () => refuse(house, person, false) },
  });
}
