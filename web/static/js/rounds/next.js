/** The round that is on or comes next: how long until then, with whom, and the way in. */

import { beat } from "../clock.js";
import { Arch } from "../parts/arch.js";
import { BellSwitch } from "../parts/bells.js";
import { Icon } from "../parts/icon.js";
import { Face } from "../parts/person.js";
import { length, roughly } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { namesOf, placeWords, whyNobody, whyThese } from "./words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/rounds.js").OwnRound} OwnRound */

const HORIZON = 1200; // seconds that fill the arch before a round begins
const EXACT = 600; // seconds before a round from which on they are counted

/** @param {{ house: House, round: OwnRound | null }} given */
export function Next({ house, round }) {
  if (!round) {
    return html`<h2 id="next-h">${t("No round is ahead")}</h2>
      <p class="soft">${t("You can still arrange talks yourself, or sit down at a table.")}</p>`;
  }
  const { turn, out } = round;
  return html`<h2 id="next-h" class="sr">${turn.title}</h2>
    <${Clock} round=${round} />
    <div class="next-round">
      <p class="t">${turn.title}</p>
      ${
        out === null
          ? html`<${Partner} house=${house} round=${round} />`
          : html`<p>${whyNobody(out)}</p>`
      }
      <${Acts} round=${round} />
    </div>`;
}

/** @param {{ round: OwnRound }} given */
function Clock({ round: { turn, talk } }) {
  const now = beat.value;
  if (turn.how === "paused") {
    return html`<${Arch} state="paused" fraction=${1} time="–" says=${t("paused")} />`;
  }
  if (turn.how === "live") {
    const until = talk?.endsAt ?? turn.endsAt;
    const left = Math.max(0, until - now);
    const fraction = Math.min(1, left / Math.max(1, until - turn.startsAt));
    const state = left <= 60 ? "soon" : "calm";
    return html`<${Arch} state=${state} fraction=${fraction} time=${length(left)} says=${t("left")} />`;
  }
  const left = Math.max(0, turn.startsAt - now);
  return html`<${Arch}
    state=${left <= 60 ? "soon" : "calm"}
    fraction=${Math.min(1, left / HORIZON)}
    time=${left <= EXACT ? length(left) : roughly(left)}
    says=${t("until it begins")}
  />`;
}

/** @param {{ house: House, round: OwnRound }} given */
function Partner({ house, round }) {
  const place = placeWords(round.talk?.places[house.me.value?.id ?? ""] ?? "");
  return html`<p class="with">
      ${round.with.map((id) => html`<${Face} key=${id} id=${id} />`)}<b>${namesOf(house, round.with)}</b>
    </p>
    ${round.topics.length || round.mutual ? html`<p class="soft">${whyThese(round)}</p>` : null}
    ${place ? html`<p>${place}</p>` : null}`;
}

/** The way in while the talk is on; before, the devices and the bell. */
/** @param {{ round: OwnRound }} given */
function Acts({ round: { talk, turn, out } }) {
  if (talk && talk.phase !== "over") {
    return html`<p class="acts">
      <a class="btn primary" href="/talks/now?enter"
        ><${Icon} name="messages-square" />${t("Enter")}</a
      >
    </p>`;
  }
  if (turn.how !== "waiting" || (out !== null && out !== "hidden")) return null;
  return html`<p class="acts">
    <a class="btn" href="/check"><${Icon} name="headphones" />${t("Check my devices")}</a>
    <${BellSwitch} />
  </p>`;
}
