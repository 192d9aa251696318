/** One sentence that says how the evening stands. */

import { html } from "../../vendor/preact.js";
import { behind, phase, turnsOf } from "../state/agenda.js";
import { day, machineTime, timeOfDay } from "../times.js";
import { fill, n, t } from "../words.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */

/** @param {{ evening: Evening }} given */
export function State({ evening: { agenda, me, gathering } }) {
  const stands = phase(agenda);
  if (stands === "before") return beginning(agenda, gathering);
  if (stands === "after") {
    return t("The evening is over. Thank you for being with us; we wish you good talks to follow.");
  }
  return html`${late(behind(agenda))} ${own(agenda, me)}`;
}

/**
 * @param {import("../../wire.d.ts").AgendaShown} agenda
 * @param {string} gathering
 */
function beginning(agenda, gathering) {
  const startsAt = Math.min(...Object.values(agenda.times).map(([at]) => at));
  const drawn = { gathering, day: day(startsAt), time: html`<${At} at=${startsAt} />` };
  return fill(t("{gathering} begins on {day} at {time}. Your place is kept."), drawn);
}

/** @param {number} minutes */
function late(minutes) {
  if (minutes > 0) {
    return n(
      "The programme runs {n} minute later than planned.",
      "The programme runs {n} minutes later than planned.",
      minutes,
    );
  }
  if (minutes === 0) return t("The programme runs on time.");
  return n(
    "The programme runs {n} minute earlier than planned.",
    "The programme runs {n} minutes earlier than planned.",
    -minutes,
  );
}

/**
 * @param {import("../../wire.d.ts").AgendaShown} agenda
 * @param {string} me
 */
function own(agenda, me) {
  const turns = turnsOf(agenda, me);
  if (turns.some(({ state }) => state === "live")) return t("You are on stage now.");
  const next = turns.find(({ state }) => state === "waiting");
  if (!next) return t("The doors to the stages are open. Please come in.");
  const time = { time: html`<${At} at=${next.startsAt} />` };
  return next.item.kind.startsWith("pitch.")
    ? fill(t("Your pitch is expected to begin at {time}; we will tell you in good time."), time)
    : fill(t("You are expected on stage at {time}; we will tell you in good time."), time);
}

/** @param {{ at: number }} given */
const At = ({ at }) => html`
  <strong class="num nowrap"
    ><time datetime=${machineTime(at)}>${t("{time}", { time: timeOfDay(at) })}</time></strong
  >
`;
