/** Where one's card is pinned, and what the companies answered. */

import { FAIR } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { stateOf } from "./words.js";

/** @param {{ house: import("../house.js").House }} given */
export function OwnPins({ house }) {
  const shown = house.fair().shown.value;
  if (!shown) return null;
  const pins = Object.values(shown.pins.mine).sort((one, other) => other.at - one.at);
  if (!pins.length) {
    return html`<p class="soft">${t("Nowhere yet. On the board you pin it to offers that suit you.")}</p>`;
  }
  const title = (/** @type {string} */ job) =>
    shown.jobs.jobs[job]?.title ?? t("An offer that is off the board");
  return html`<ul class="lines" role="list">
    ${pins.map(
      ({ id, job, state }) => html`<li key=${id}>
        <span><a href=${`/jobs/${job}`}>${title(job)}</a><br /><span class="soft">${stateOf(state)}</span></span>
        ${
          state !== "withdrawn" &&
          html`<button
            class="btn" type="button"
            onClick=${() => attempt(house.do(FAIR, { type: "pin.withdraw", job }))}
          >
            <${Icon} name="undo-2" />${t("Take off")}<span class="sr">: ${title(job)}</span>
          </button>`
        }
      </li>`,
    )}
  </ul>`;
}
