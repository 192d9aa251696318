/** "My evening": one's own items, talks and those for everybody, with their expected times. */

import { agreed, Line as Booked } from "../bookings/own.js";
import { html } from "../../vendor/preact.js";
import { Row } from "../parts/rundown.js";
import { Tally } from "../parts/tally.js";
import { namesOf, whyNobody } from "../rounds/words.js";
import { eveningOf } from "../state/agenda.js";
import { t } from "../words.js";
import { kindWord, ownWord } from "./kinds.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */
/** @typedef {import("../state/agenda.js").Line} Line */

/** @param {{ evening: Evening }} given */
export function Mine({ evening }) {
  const lines = [...ofAgenda(evening), ...ofBookings(evening)].sort((a, b) => a.at - b.at);
  return html`
    <header>
      <h2 id="mine-h">${t("My evening")}</h2>
      <a class="more" href="/agenda/mine.ics" download>${t("As calendar")}</a>
    </header>
    ${
      lines.length
        ? html`<ol class="rundown">
          ${lines.map(({ drawn }) => drawn)}
        </ol>`
        : html`<p class="soft">${t("Nothing is fixed for you. All stages are open to you.")}</p>`
    }
  `;
}

/** @param {Evening} evening */
const ofAgenda = (evening) =>
  eveningOf(evening.agenda, evening.me).map((line) => ({
    at: line.startsAt,
    drawn: html`<${Entry} key=${line.id} evening=${evening} line=${line} />`,
  }));

/** @param {Evening} evening */
const ofBookings = ({ house }) =>
  (agreed(house) ?? []).map((booking) => ({
    at: booking.slots[0],
    drawn: html`<${Booked} key=${booking.id} house=${house} booking=${booking} />`,
  }));

/** @param {{ evening: Evening, line: Line }} given */
function Entry({ evening, line }) {
  const mine = line.item.people.includes(evening.me);
  const round = evening.rounds.find(({ turn }) => turn.item === line.id);
  const ahead = line.state === "live" || line.state === "waiting";
  return html`<${Row}
    line=${line}
    who=${who(evening, line, mine)}
    you=${(mine || (round?.with.length ?? 0) > 0) && ahead}
    href=${ahead ? way(line, mine) : undefined}
    side=${side(line)}
  />`;
}

/**
 * @param {Line} line
 * @param {boolean} mine
 */
function way(line, mine) {
  if (line.item.kind === "round") return "/talks";
  return mine ? `/stage/${line.stage}/green-room` : undefined;
}

/**
 * @param {Evening} evening
 * @param {Line} line
 * @param {boolean} mine
 */
function who(evening, line, mine) {
  const stage = evening.stageName(line.stage);
  if (line.item.kind === "round") return partner(evening, line);
  return mine ? ownWord(line.item.kind, stage) : stage;
}

/**
 * With whom one talks in a round, or why with nobody.
 * @param {Evening} evening
 * @param {Line} line
 */
function partner({ rounds, house }, { id, item, state }) {
  const round = rounds.find(({ turn }) => turn.item === id);
  if (round?.with.length) return t("with {name}", { name: namesOf(house, round.with) });
  return round?.out && state === "waiting" ? whyNobody(round.out) : kindWord(item.kind);
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
