/** What is ahead of a representative: their turns on stage and the talks they agreed on. */

import { html } from "../../vendor/preact.js";
import { agreed, Line } from "../bookings/own.js";
import { beat } from "../clock.js";
import { turnsOf } from "../state/agenda.js";
import { machineTime, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @param {{ house: import("../house.js").House }} given */
export function Appointments({ house }) {
  const me = house.me.value?.id ?? "";
  const agenda = house.foyer().shown.value?.agenda;
  const turns = agenda ? turnsOf(agenda, me).filter(({ endsAt }) => endsAt > beat.value) : [];
  const talks = (agreed(house) ?? []).filter(({ slots: [at], seconds }) => at + seconds > beat.value);
  const all = [
    ...turns.map((turn) => ({ at: turn.startsAt, line: html`<${Turn} key=${turn.id} turn=${turn} />` })),
    ...talks.map((talk) => ({
      at: talk.slots[0],
      line: html`<${Line} key=${talk.id} house=${house} booking=${talk} />`,
    })),
  ].sort((one, other) => one.at - other.at);
  return html`<section class="panel" aria-labelledby="ahead-h">
    <header><h2 id="ahead-h">${t("What is ahead of you")}</h2><a class="more" href="/talks">${t("To the talks")}</a></header>
    ${
      all.length
        ? html`<ol class="rundown">${all.map(({ line }) => line)}</ol>`
        : html`<p class="soft">${t("Nothing is fixed for you.")}</p>`
    }
  </section>`;
}

/** @param {{ turn: ReturnType<typeof turnsOf>[number] }} given */
const Turn = ({ turn }) => html`<li class="you">
  <span class="when"><time datetime=${machineTime(turn.startsAt)}>${timeOfDay(turn.startsAt)}</time></span>
  <span><span class="what">${turn.item.title}</span><br /><span class="who">${t("On stage")}</span></span>
</li>`;
