/** The company's answer to a card that was pinned to one of its jobs. */

import { Ask } from "../bookings/ask.js";
import { FAIR } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Pin} Pin */

/**
 * The three answers, and after an invitation the way to a talk.
 * @param {{ house: House, pin: Pin }} given
 */
export function Answers({ house, pin }) {
  const answer = (/** @type {string} */ state, /** @type {string} */ icon, /** @type {string} */ words) =>
    html`<button
      class="btn" type="button" aria-pressed=${pin.state === state}
      onClick=${() => attempt(house.do(FAIR, { type: "pin.answer", pin: pin.id, state }))}
    >
      <${Icon} name=${icon} />${words}
    </button>`;
  return html`<p class="acts">
    ${answer("invited", "calendar-plus", t("Invite to a talk"))}
    ${answer("later", "clock", t("Later"))}
    ${answer("declined", "x", t("Thank you, but no"))}
    ${pin.state === "invited" && html`<${Ask} house=${house} to=${pin.person} />`}
  </p>`;
}
