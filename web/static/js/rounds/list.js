/** All rounds of the evening as lines of the printed programme, each with one's own partner. */

import { Icon } from "../parts/icon.js";
import { Tally } from "../parts/tally.js";
import { machineTime, timeOfDay } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { namesOf, whyNobody, whyThese } from "./words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/rounds.js").OwnRound} OwnRound */

/** @param {{ house: House, rounds: OwnRound[] }} given */
export const Rounds = ({ house, rounds }) =>
  rounds.length
    ? html`<ol class="rundown">
        ${rounds.map((round) => html`<${Line} key=${round.turn.item} house=${house} round=${round} />`)}
      </ol>`
    : html`<p class="soft">${t("No rounds are on the agenda.")}</p>`;

/** @param {{ house: House, round: OwnRound }} given */
function Line({ house, round }) {
  const { turn, out, with: people } = round;
  const on = turn.how === "live" || turn.how === "paused";
  return html`<li class=${on ? "you air" : turn.how === "over" ? "done" : people.length ? "you" : undefined}>
    <span class="when"
      ><time datetime=${machineTime(turn.startsAt)}>${timeOfDay(turn.startsAt)}</time></span
    >
    <span
      ><span class="what">${people.length ? namesOf(house, people) : turn.title}</span><br /><span class="who"
        >${people.length ? `${turn.title}. ` : ""}${says(round)}</span
      ></span
    >
    <span class="side">${side(round, on, out)}</span>
  </li>`;
}

/** @param {OwnRound} round */
function says(round) {
  const never = round.out === "not-for-you" || round.out === "away";
  if (round.out !== null && (never || round.turn.how !== "over")) return whyNobody(round.out);
  if (!round.with.length) return t("You sat out this round.");
  return round.talk && !round.topics.length && !round.mutual ? "" : whyThese(round);
}

/**
 * @param {OwnRound} round
 * @param {boolean} on
 * @param {OwnRound["out"]} out
 */
function side({ turn, talk, with: people }, on, out) {
  if (turn.how === "over") return html`<span class="soft"><small>${t("over")}</small></span>`;
  if (on && talk && talk.phase !== "over") {
    return html`<a class="btn" href="/talks/now?enter">${t("Enter")}</a>`;
  }
  if (on) return html`<${Tally} on="air">${t("on now")}</${Tally}>`;
  return people.length && out === null
    ? html`<span class="ready" data-is="yes"><${Icon} name="circle-check" />${t("planned")}</span>`
    : null;
}
