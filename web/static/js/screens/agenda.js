/** The agenda comes to life: its times move with the evening, on every stage. */

import { effect, html, render } from "../../vendor/preact.js";
import { keepOwnTalks } from "../bookings/own.js";
import { kindWord } from "../foyer/kinds.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { listed } from "../parts/person.js";
import { Row } from "../parts/rundown.js";
import { Tally } from "../parts/tally.js";
import { evening } from "../state/agenda.js";
import { roughly } from "../times.js";
import { spoken, t } from "../words.js";

/** @typedef {import("../state/agenda.js").Line} Line */
/** @typedef {import("../../wire.d.ts").FoyerShown} FoyerShown */

const { house, config } = await enter();
const room = house.foyer();

/** @param {{ stage: string }} given */
function Track({ stage }) {
  const foyer = /** @type {FoyerShown} */ (room.shown.value);
  return evening(foyer.agenda, stage).map(
    (line) => html`<${Entry} key=${line.id} foyer=${foyer} line=${line} />`,
  );
}

/** @param {{ foyer: FoyerShown, line: Line }} given */
function Entry({ foyer, line }) {
  const mine = line.item.people.includes(house.me.value?.id ?? "");
  const ahead = line.state === "live" || line.state === "waiting";
  return html`<${Row}
    line=${line}
    who=${below(foyer, line)}
    you=${mine && ahead}
    href=${mine && ahead ? `/stage/${line.stage}/green-room` : undefined}
    side=${side(line)}
  />`;
}

/**
 * @param {FoyerShown} foyer
 * @param {Line} line
 */
function below(foyer, line) {
  const names = line.item.people.flatMap((id) => foyer.people[id]?.name ?? []);
  const kind = kindWord(line.item.kind);
  return [
    listed(names, spoken()),
    kind === line.item.title ? "" : kind,
    line.state === "skipped" ? "" : roughly(line.endsAt - line.startsAt),
  ]
    .filter(Boolean)
    .join(", ");
}

/** @param {Line} line */
function side(line) {
  if (line.state === "live") return html`<${Tally} on="air" />`;
  const again = config.again?.[line.id];
  if (again) return html`<a class="more" href=${again}>${t("Watch again")}</a>`;
  if (line.state === "done") return html`<span class="soft"><small>${t("over")}</small></span>`;
  const late = line.startsAt - line.item.startsAt >= 30;
  if (line.state === "waiting" && line.item.fixed && !late) {
    return html`<span class="tag">${t("fixed")}</span>`;
  }
  return undefined;
}

function comeAlive() {
  for (const place of document.querySelectorAll("[data-live='track']")) {
    const stage = place.getAttribute("data-stage") ?? "";
    place.replaceChildren();
    render(html`<${Track} stage=${stage} />`, place);
  }
}

const waiting = effect(() => {
  if (room.shown.value === null || house.me.value === null) return;
  queueMicrotask(() => {
    waiting();
    comeAlive();
  });
});
mount({ house, ready: () => false, room: () => null });
keepOwnTalks(house);
