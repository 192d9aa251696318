/** The bells before somebody's turn: one, two, three, as before a performance. */

import { audible, choose, ring } from "../media/bell.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";

/** @param {{ rung: 0 | 1 | 2 | 3 }} given */
export const Bells = ({ rung }) => html`
  <div class="bells-row">
    <p class="bells" data-rung=${rung}>
      <span aria-hidden="true"><i></i><i></i><i></i></span>${bell(rung)}
    </p>
    <${BellSwitch} />
  </div>
`;

/** Sound is off until chosen; choosing it lets one hear the bell. */
export function BellSwitch() {
  const on = audible.value;
  const turn = () => {
    choose(!on);
    if (!on) void ring().catch(() => undefined);
  };
  return html`<button class="btn bare" type="button" aria-pressed=${on} onClick=${turn}>
    <${Icon} name=${on ? "volume-2" : "volume-x"} />${on ? t("Bell on") : t("Bell silent")}
  </button>`;
}

/** @param {0 | 1 | 2 | 3} rung */
export function bell(rung) {
  if (rung === 3) return t("Third bell");
  if (rung === 2) return t("Second bell");
  return rung === 1 ? t("First bell") : t("Not rung yet");
}
