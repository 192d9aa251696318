/** A line of the printed programme: predicted time, planned time struck through, title, people. */

import { html } from "../../vendor/preact.js";
import { machineTime, minutes, timeOfDay } from "../times.js";
import { t } from "../words.js";

const WORTH_SAYING = 60; // seconds; what is less is not shown as a change

/** @param {{ startsAt: number, planned: number, over: boolean }} given */
const When = ({ startsAt, planned, over }) => html`
  <span class="when"
    ><time datetime=${machineTime(startsAt)}>${timeOfDay(startsAt)}</time>${
      !over && Math.abs(startsAt - planned) >= WORTH_SAYING
        ? html`<del><span class="sr">${t("planned")} </span>${timeOfDay(planned)}</del>`
        : null
    }</span
  >
`;

/**
 * @param {object} given
 * @param {import("../state/agenda.js").Line} given.line
 * @param {string} given.who the line below the title
 * @param {boolean} [given.you] whether it is the reader's own
 * @param {string} [given.href] where the title leads
 * @param {any} [given.side] instead of the drift
 * @param {any} [given.children] below
 */
export const Row = ({ line, who, you = false, href, side, children }) => html`
  <li
    class=${kind(line, you)}
    aria-current=${line.state === "live" ? "step" : undefined}
    data-item=${line.id}
  >
    <${When}
      startsAt=${line.startsAt}
      planned=${line.item.startsAt}
      over=${line.state === "done" || line.state === "skipped"}
    />
    <span
      ><span class="what">${href ? html`<a href=${href}>${line.item.title}</a>` : line.item.title}</span
      ><br /><span class="who">${who}</span>${children}</span
    >
    <span class="side">${side ?? html`<${Drift} line=${line} />`}</span>
  </li>
`;

/**
 * @param {import("../state/agenda.js").Line} line
 * @param {boolean} you
 */
function kind(line, you) {
  const states = { done: "done", skipped: "done", live: "air", waiting: "" };
  return `${states[line.state]} ${you || line.state === "live" ? "you" : ""}`.trim() || undefined;
}

/** How guests read a change: whole minutes, and only what is to come. */
/** @param {{ line: import("../state/agenda.js").Line }} given */
function Drift({ line }) {
  if (line.state === "skipped") return html`<small class="soft">${t("left out")}</small>`;
  if (line.state === "live") return html`<small class="soft">${t("now")}</small>`;
  const late = minutes(line.startsAt - line.item.startsAt);
  if (line.state === "done" || late < 1) return null;
  return html`<span class="drift">${t("+{minutes} min", { minutes: late })}</span>`;
}
