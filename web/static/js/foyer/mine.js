/** "My evening": one's own items and those for everybody, with their expected times. */

import { html } from "../../vendor/preact.js";
import { Row } from "../parts/rundown.js";
import { Tally } from "../parts/tally.js";
import { eveningOf } from "../state/agenda.js";
import { t } from "../words.js";
import { kindWord, ownWord } from "./kinds.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */
/** @typedef {import("../state/agenda.js").Line} Line */

/** @param {{ evening: Evening }} given */
export function Mine({ evening }) {
  const lines = eveningOf(evening.agenda, evening.me);
  return html`
    <header>
      <h2 id="mine-h">${t("My evening")}</h2>
      <a class="more" href="/agenda/mine.ics" download>${t("As calendar")}</a>
    </header>
    ${
      lines.length
        ? html`<ol class="rundown">
          ${lines.map((line) => html`<${Entry} key=${line.id} evening=${evening} line=${line} />`)}
        </ol>`
        : html`<p class="soft">${t("Nothing is fixed for you. All stages are open to you.")}</p>`
    }
  `;
}

/** @param {{ evening: Evening, line: Line }} given */
function Entry({ evening, line }) {
  const mine = line.item.people.includes(evening.me);
  const stage = evening.stageName(line.stage);
  const ahead = line.state === "live" || line.state === "waiting";
  const shared = line.item.kind === "round";
  const who = mine ? ownWord(line.item.kind, stage) : shared ? kindWord(line.item.kind) : stage;
  return html`<${Row}
    line=${line}
    who=${who}
    you=${mine && ahead}
    href=${mine && ahead ? `/stage/${line.stage}/green-room` : undefined}
    side=${side(line)}
  />`;
}

/** @param {Line} line */
function side(line) {
  if (line.state === "live") return html`<${Tally} on="air" />`;
  if (line.state === "done") return html`<span class="soft"><small>${t("over")}</small></span>`;
  const late = line.startsAt - line.item.startsAt >= 30;
  if (line.state === "waiting" && line.item.fixed && !late) {
    return html`<span class="tag">${t("fixed")}</span>`;
  }
  return undefined;
}
