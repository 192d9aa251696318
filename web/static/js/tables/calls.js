/** What the table says by itself: the agenda calls somebody, the table is about to close. */

import { html } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { Banner } from "../parts/banner.js";
import { Icon } from "../parts/icon.js";
import { called } from "../state/rounds.js";
import { length, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../../wire.d.ts").Table} Table */

const LONG = 180; // seconds after which a call that nobody followed is no news any more

/**
 * The banner above the table, if it has something to say to the one who reads.
 * @param {Place} place
 */
export function callBanner(place) {
  const { table, me, tables } = place;
  if (!table || !tables || !place.sits) return null;
  if (table.closesAt !== null) return html`<${Farewell} at=${table.closesAt} />`;
  const at = tables.called[me];
  if (at === undefined || beat.value > at + LONG || isTalk(place)) return null;
  return html`<${Banner}
    title=${t("The agenda calls you at {time}.", { time: timeOfDay(at) })}
    text=${t("Nobody cuts you off: say goodbye, and go when it suits.")}
  >
    <a class="btn primary" href="/"><${Icon} name="door-open" />${t("To the foyer")}</a>
  </${Banner}>`;
}

/**
 * Whom of the others the agenda calls, as sentences.
 * @param {Place} place
 * @returns {string[]}
 */
export function othersCalled(place) {
  const calls = Object.entries(place.tables?.called ?? {});
  return calls
    .filter(([person, at]) => person !== place.me && beat.value < at + LONG)
    .map(([person, at]) =>
      t("{name} is called at {time}.", {
        name: place.house.person(person)?.name ?? t("Somebody"),
        time: timeOfDay(at),
      }),
    );
}

/** @param {{ at: number }} given */
const Farewell = ({ at }) => html`
  <${Banner}
    title=${t("This table closes. Time to say goodbye.")}
    text=${html`<span role="timer" aria-live="off" class="num">${length(at - beat.value)}</span>`}
    reachable=${false}
  />
`;

/**
 * Whether it is a talk that calls: of that, every page says more than we could.
 * @param {Place} place
 */
function isTalk({ house }) {
  const lounge = house.lounge().shown.value;
  const agenda = house.foyer().shown.value?.agenda;
  const me = house.me.value;
  return Boolean(lounge && agenda && me && called(lounge, agenda, me, beat.value));
}
