/** One's own appearance: how long until then, which bell has rung, where to go. */

import { html } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { Arch } from "../parts/arch.js";
import { Bells } from "../parts/bells.js";
import { Icon } from "../parts/icon.js";
import { phase, turnsOf } from "../state/agenda.js";
import { rung } from "../state/countdown.js";
import { roughly, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */
/** @typedef {import("../state/agenda.js").Line} Line */

const BELLS = [1200, 600, 60]; // seconds before one's turn

/**
 * What the tag at the top right is about, if anything.
 * @param {Evening} evening
 * @returns {Line | "opening" | null}
 */
export function subject({ agenda, me }) {
  const turns = turnsOf(agenda, me);
  const turn =
    turns.find(({ state }) => state === "live") ?? turns.find(({ state }) => state === "waiting");
  const opening = phase(agenda) === "before";
  if (turn && (!opening || rung(turn.startsAt, beat.value) > 0)) return turn;
  return opening ? "opening" : null;
}

/** @param {{ evening: Evening }} given */
export function OwnTurn({ evening }) {
  const about = subject(evening);
  if (!about) return null;
  if (about === "opening") return html`<${Opening} evening=${evening} />`;
  return about.state === "live"
    ? html`<${OnStage} turn=${about} evening=${evening} />`
    : html`<${Waiting} turn=${about} />`;
}

/** @param {{ turn: Line, evening: Evening }} given */
const OnStage = ({ turn, evening }) => html`
  <h2 id="yours-h" class="sr">${t("Your time on stage")}</h2>
  <${Arch} state="calm" fraction=${1} time=${t("now")} says=${t("on stage")} />
  <div>
    <p class="t">${turn.item.title}</p>
    <p class="soft">${evening.stageName(turn.stage)}</p>
    <a class="btn primary" href=${`/stage/${turn.stage}/green-room`}
      ><${Icon} name="presentation" />${t("To the stage")}</a
    >
  </div>
`;

/** @param {{ turn: Line }} given */
function Waiting({ turn }) {
  const seconds = Math.max(0, turn.startsAt - beat.value);
  const bells = rung(turn.startsAt, beat.value);
  const says = turn.item.kind.startsWith("pitch.")
    ? t("until your pitch")
    : t("until your time on stage");
  return html`
    <h2 id="yours-h" class="sr">${t("Your time on stage")}</h2>
    <${Arch} state="calm" fraction=${Math.min(1, seconds / 1200)} time=${roughly(seconds)} says=${says} />
    <div>
      <${Bells} rung=${bells} />
      <p class="soft">${hint(bells, turn.startsAt)}</p>
      <a class="btn primary" href=${`/stage/${turn.stage}/green-room`}
        ><${Icon} name="door-open" />${t("To the green room")}</a
      >
    </div>
  `;
}

/**
 * @param {0 | 1 | 2 | 3} bells
 * @param {number} startsAt
 */
function hint(bells, startsAt) {
  const time = timeOfDay(startsAt - BELLS[Math.min(bells, 2)]);
  if (bells === 0) return t("The first bell rings at {time}.", { time });
  if (bells === 1) return t("At the second, at {time}, the green room opens.", { time });
  return bells === 2
    ? t("The green room is open; the third bell rings a minute before your turn.")
    : t("It is nearly your turn. Please come to the green room.");
}

/** @param {{ evening: Evening }} given */
function Opening({ evening: { agenda, gathering, welcome } }) {
  const startsAt = Math.min(...Object.values(agenda.times).map(([at]) => at));
  const seconds = Math.max(0, startsAt - beat.value);
  return html`
    <h2 id="yours-h" class="sr">${t("Until it begins")}</h2>
    <${Arch}
      state="calm"
      fraction=${Math.min(1, seconds / 3600)}
      time=${roughly(seconds)}
      says=${t("until it begins")}
    />
    <div>
      <p class="t">${gathering}</p>
      <p class="soft">${welcome}</p>
      <a class="btn primary" href="/check"><${Icon} name="headphones" />${t("Check my devices")}</a>
    </div>
  `;
}
