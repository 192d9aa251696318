/** The bells before somebody's turn: one, two, three, as before a performance. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @param {{ rung: 0 | 1 | 2 | 3 }} given */
export const Bells = ({ rung }) => html`
  <p class="bells" data-rung=${rung}>
    <span aria-hidden="true"><i></i><i></i><i></i></span>${bell(rung)}
  </p>
`;

/** @param {0 | 1 | 2 | 3} rung */
export function bell(rung) {
  if (rung === 3) return t("Third bell");
  if (rung === 2) return t("Second bell");
  return rung === 1 ? t("First bell") : t("Not rung yet");
}
