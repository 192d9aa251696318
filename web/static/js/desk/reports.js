/** What people reported: who, whom, where and when; the desk sees to it. */

import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { machineTime, timeOfDay } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").ReportShown} Report */
/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

/**
 * All that nobody has seen to yet; nothing if there is none.
 * @param {{ house: House }} given
 */
export function Reports({ house }) {
  const lounge = house.lounge().shown.value;
  const open = lounge?.safety.reports.filter(({ settledAt }) => settledAt === null) ?? [];
  if (!lounge || !open.length) return null;
  return html`<section class="open-reports" aria-labelledby="reports-h" tabindex="0">
    <h2 id="reports-h">${t("Reports")}</h2>
    <ul class="reports" role="list" aria-live="polite">
      ${open.map(
        (report) => html`<li key=${report.id}>
          <span
            >${t("{name} reports {other}", names(house, report))}<br /><span class="soft"
              >${place(house, lounge, report)}, <time datetime=${machineTime(report.at)}
                >${timeOfDay(report.at)}</time
              ></span
            ></span
          >
          <button class="btn" type="button" onClick=${() => settle(house, report.id)}>
            <${Icon} name="check" />${t("Seen to")}<span class="sr">: ${names(house, report).other}</span>
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/**
 * @param {House} house
 * @param {Report} report
 */
const names = (house, { by, person }) => ({
  name: house.person(by)?.name ?? by,
  other: house.person(person)?.name ?? person,
});

/**
 * Where it happened, in words; of a talk the round it was in, and nothing more.
 * @param {House} house
 * @param {LoungeShown} lounge
 * @param {Report} report
 */
function place(house, lounge, { where, place: id, at }) {
  const round = lounge.rounds.find(({ startsAt, endsAt }) => startsAt <= at && at <= endsAt);
  const stages = house.foyer().shown.value?.agenda.stages ?? [];
  if (where === "talk") return round ? t("in a talk, {round}", { round: round.title }) : t("in a talk");
  if (where === "meeting") return t("in a booked meeting");
  if (where === "table") return t("at a table");
  if (where === "stage") {
    const stage = stages.find((each) => each.id === id);
    return stage ? t("in the chat, {stage}", { stage: stage.name }) : t("in the chat");
  }
  return t("in the directory");
}

/**
 * @param {House} house
 * @param {string} report
 */
const settle = (house, report) => attempt(house.do(LOUNGE, { type: "safety.settle", report }));
