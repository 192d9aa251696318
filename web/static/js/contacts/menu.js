/** Blocking and reporting in one tap, wherever a person is shown. */

import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { attempt, tell } from "../parts/toast.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {"talk" | "meeting" | "table" | "stage" | "people"} Where */

const AT_DESK = ["organiser", "moderator"];

/**
 * A button with its menu; nothing for oneself.
 * @param {{ house: House, person: string, where: Where, place?: string, children?: any }} given
 *   `place` is the id of the talk, table or stage; `children` are further entries, first.
 */
export function PersonMenu({ house, person, where, place = "", children }) {
  const known = house.person(person);
  if (!known || person === house.me.value?.id) return null;
  const blocked = isBlocked(house, person);
  return html`<${Menu} label=${t("More about {name}", { name: known.name })}>
    ${children}
    ${
      blocked
        ? html`<button type="button" onClick=${() => block(house, person, false)}>
            <${Icon} name="undo-2" />${t("Block no longer")}
          </button>`
        : !AT_DESK.includes(known.role) &&
          html`<button type="button" onClick=${() => block(house, person, true)}>
            <${Icon} name="ban" />${t("Block")}
          </button>`
    }
    <button type="button" onClick=${() => report(house, person, where, place)}>
      <${Icon} name="flag" />${t("Report to the organisers")}
    </button>
  </${Menu}>`;
}

/**
 * Whether the reader keeps somebody away.
 * @param {House} house
 * @param {string} person
 */
export const isBlocked = (house, person) =>
  house.lounge().shown.value?.safety.blocked.includes(person) ?? false;

/**
 * What was said, without the lines of those the reader keeps away.
 * @template {{ by: string }} L
 * @param {House} house
 * @param {L[]} lines
 * @returns {L[]}
 */
export const heard = (house, lines) => lines.filter(({ by }) => !isBlocked(house, by));

/**
 * @param {House} house
 * @param {string} person
 * @param {boolean} on
 */
async function block(house, person, on) {
  const name = house.person(person)?.name ?? "";
  const done = await attempt(house.do(LOUNGE, { type: "safety.block", person, on }));
  if (done === undefined || !on) return;
  tell(t("{name} is blocked and is not told. You will not be brought together.", { name }), {
    tone: "done",
    action: { label: t("Undo"), act: () => block(house, person, false) },
  });
}

/**
 * @param {House} house
 * @param {string} person
 * @param {Where} where
 * @param {string} place
 */
async function report(house, person, where, place) {
  const command = { type: "safety.report", person, where, place };
  if ((await attempt(house.do(LOUNGE, command))) === undefined) return;
  const told = t(
    "The organisers know whom you reported, where and when, and nothing of what was said.",
  );
  const apart = isBlocked(house, person) ? t("You will not be brought together again.") : "";
  tell(`${told} ${apart}`.trim(), { tone: "done" });
}
