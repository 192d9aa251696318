/** A plan to be looked at: how good it is, who meets whom in which round, what stays unmet. */

import { html } from "../../vendor/preact.js";
import { n, spoken, t } from "../words.js";
import { coverage, figures, gap } from "./plan.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").PlanShown} PlanShown */
/** @typedef {import("../../wire.d.ts").RoundTime} RoundTime */

const TIER = 1000; // value of one more round of meetings for somebody, see schedule/matching.py

/** "Proven optimal", or how far from it at most. @param {{ plan: PlanShown }} given */
export function Quality({ plan }) {
  const percent = gap(plan);
  if (percent === 0) return html`<b>${t("proven optimal")}</b>`;
  const format = new Intl.NumberFormat(spoken(), { maximumFractionDigits: 2 });
  return html`<b>${t("within {percent} % of the best possible", { percent: format.format(percent) })}</b>`;
}

/** @param {{ desk: Desk, plan: PlanShown, rounds: RoundTime[], open?: boolean }} given */
export function Plan({ desk, plan, rounds, open = false }) {
  const { meetings, people, fewest, most } = figures(plan);
  return html`<p class="figures">
      ${open ? html`<${Quality} plan=${plan} />` : null}
      <span>${n("{n} meeting", "{n} meetings", meetings)}</span>
      <span>${n("{n} person", "{n} people", people)}</span>
      <span
        >${
          fewest === most
            ? n("everybody has {n}", "everybody has {n}", fewest)
            : t("everybody has {fewest} to {most}", { fewest, most })
        }</span
      >
    </p>
    ${plan.cost === null ? null : html`<p>${cost(plan.cost)}</p>`}
    <${Unmet} desk=${desk} plan=${plan} />
    <${Table} desk=${desk} plan=${plan} rounds=${rounds} />`;
}

/**
 * What the strict switch costs, in words: interest is worth 100 a meeting at most.
 * @param {number} value
 */
function cost(value) {
  if (value <= 0) return t("Strict fairness costs nothing here.");
  const format = new Intl.NumberFormat(spoken());
  const points = format.format(value);
  return value < TIER
    ? t("Strict fairness costs {points} points of interest; a meeting has up to 100.", { points })
    : t("Strict fairness costs {points} points: meetings or wishes are lost by it.", { points });
}

/** @param {{ desk: Desk, plan: PlanShown }} given */
function Unmet({ desk, plan: { unmet } }) {
  if (!unmet.length) return html`<p>${t("All who chose each other meet.")}</p>`;
  return html`<details>
    <summary>
      ${n("{n} pair chose each other and does not meet", "{n} pairs chose each other and do not meet", unmet.length)}
    </summary>
    <ul class="unmet" tabindex="0">
      ${unmet.map(([a, b]) => html`<li key=${`${a} ${b}`}>${desk.name(a)} – ${desk.name(b)}</li>`)}
    </ul>
  </details>`;
}

/** @param {{ desk: Desk, plan: PlanShown, rounds: RoundTime[] }} given */
function Table({ desk, plan, rounds }) {
  const rows = coverage(plan, rounds, (id) => desk.name(id));
  return html`<div class="coverage" role="region" tabindex="0" aria-label=${t("Who meets whom")}>
    <table>
      <thead>
        <tr>
          <th scope="col">${t("Person")}</th>
          ${rounds.map(({ item, title }) => html`<th key=${item} scope="col">${title}</th>`)}
          <th scope="col">${t("Meetings")}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ person, cells, meetings }) => html`<tr key=${person}>
            <th scope="row">${desk.name(person)}</th>
            ${cells.map((cell, place) => html`<td key=${rounds[place].item} data-is=${cell.is}>${words(desk, cell)}</td>`)}
            <td class="num">${meetings}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/**
 * @param {Desk} desk
 * @param {import("./plan.js").Cell} cell
 */
function words(desk, cell) {
  if (cell.is === "meets") return cell.with.map((id) => desk.name(id)).join(", ");
  return cell.is === "out" ? t("sits out") : "–";
}
