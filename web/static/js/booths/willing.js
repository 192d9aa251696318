/** Whether booths may invite one while one is idle. */

import { html } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { attempt } from "../parts/toast.js";
import { t } from "../words.js";

/** @param {{ house: import("../house.js").House }} given */
export function Willing({ house }) {
  const on = house.lounge().shown.value?.booths.willing ?? false;
  const change = async (/** @type {any} */ event) => {
    const box = event.currentTarget;
    const wanted = box.checked;
    box.checked = on; // it moves once the house has it
    await attempt(house.do(LOUNGE, { type: "booth.willing", on: wanted }));
  };
  return html`<label class="switch panel" for="willing">
    <span class="label">${t("Booths may invite me when I have time")}</span>
    <input
      type="checkbox" role="switch" id="willing" aria-describedby="willing-h"
      checked=${on} onChange=${change}
    />
    <span class="hint" id="willing-h">${t("Those of a booth where nobody waits see your name and what you seek, and can call you. You can decline; they do not ask again.")}</span>
  </label>`;
}
