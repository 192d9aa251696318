/** The notices list: what toasts have said on this page, with what they offered to do. */

import { html } from "../../vendor/preact.js";
import { machineTime, timeOfDay } from "../times.js";
import { t } from "../words.js";
import { Menu } from "./menu.js";
import { follow, said } from "./toast.js";

/** A button in the bar, once there is something to read again. */
export const Notices = () =>
  said.value.length
    ? html`<${Menu} label=${t("Notices")} icon="info">
        ${said.value.map((notice) => html`<${Entry} key=${notice.id} notice=${notice} />`)}
      </${Menu}>`
    : null;

/** @param {{ notice: import("./toast.js").Notice }} given */
const Entry = ({ notice }) => html`
  <div class="told">
    <time datetime=${machineTime(notice.at)}>${timeOfDay(notice.at)}</time>
    <span>${notice.sentence}</span>
    ${
      notice.action
        ? html`<button class="btn" type="button" onClick=${() => follow(notice)}>
          ${notice.action.label}
        </button>`
        : null
    }
  </div>
`;
