/** Who saw one's CV card, as it happens. */

import { machineTime, timeOfDay } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { sightOf } from "./words.js";

const MOST = 200;

/** @param {{ house: import("../house.js").House }} given */
export function Sights({ house }) {
  const shown = house.fair().shown.value;
  if (!shown) return null;
  const looks = [...shown.cvs.looks].reverse().slice(0, MOST);
  if (!looks.length) {
    return html`<p class="soft">${t("Nobody yet. Every look of a company is listed here.")}</p>`;
  }
  const named = (/** @type {string} */ booth, /** @type {string} */ by) => {
    const company = shown.booths.find(({ id }) => id === booth)?.organisation ?? booth;
    return [company, house.person(by)?.name].filter(Boolean).join(", ");
  };
  return html`<ul class="lines" role="list">
    ${looks.map(
      ({ by, booth, what, at }) => html`<li key=${`${by}${at}${what}`}>
        <span>${named(booth, by)}<br /><span class="soft">${sightOf(what)}</span></span>
        <time datetime=${machineTime(at)}>${timeOfDay(at)}</time>
      </li>`,
    )}
  </ul>`;
}
