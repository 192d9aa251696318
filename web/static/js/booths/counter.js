/** A booth's counter as one sees it who comes by: what is shown, and who is there. */

import { html } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { Figure } from "../parts/person.js";
import { Sound, SoundButton } from "../parts/sound.js";
import { Tally } from "../parts/tally.js";
import { attempt, tell } from "../parts/toast.js";
import { Plate } from "../parts/video.js";
import { present, SHOWN_AT } from "../state/counters.js";
import { SeatPicture } from "../stage/picture.js";
import { n, t } from "../words.js";
import { Staff } from "./staff.js";

/** @typedef {import("./looking.js").Looking} Looking */

/** @param {{ looking: Looking, own?: boolean }} given `own`: the reader stands at this booth */
export function Counter({ looking, own = false }) {
  const { house, shown } = looking;
  if (!shown) return null;
  return html`<div class="house-dark scene"><${Scene} looking=${looking} /></div>
    <div class="counter-foot">
      <h2 id="ct-h">${t("At the booth just now")}</h2>
      <p class="acts">
        ${shown.watching ? html`<span class="soft">${n("{n} looks on", "{n} look on", shown.watching)}</span>` : null}
        ${own ? null : html`<${Wave} looking=${looking} />`}
      </p>
    </div>
    <${Staff} house=${house} shown=${shown} />`;
}

/** @param {{ looking: Looking }} given */
function Scene({ looking }) {
  const { house, shown, viewer } = looking;
  const showing = shown?.showing ?? null;
  if (showing) {
    const name = house.person(showing.person)?.name ?? "";
    return html`<${SeatPicture}
        house=${house} viewer=${viewer} picture=${{ feed: SHOWN_AT, person: showing.person }}
        plate=${showing.caption ? t("{name}: {caption}", { name, caption: showing.caption }) : name}
      ><${Tally} on="air">${t("At the booth")}</${Tally}><${SoundButton} /></${SeatPicture}>
      <${Sound} streams=${viewer.streams.value} />`;
  }
  const [first] = (shown ? present(shown) : []).filter(([person]) => house.person(person));
  if (!first) {
    return html`<div class="video curtain">
      <svg viewBox="0 0 80 60" aria-hidden="true"><path d="M6 54a34 34 0 0 1 68 0M20 54a20 20 0 0 1 40 0M34 54a6 6 0 0 1 12 0" /></svg>
    </div>`;
  }
  return html`<${Figure} id=${first[0]}><${Plate}>${house.person(first[0])?.name}</${Plate}></${Figure}>`;
}

/** @param {{ looking: Looking }} given */
function Wave({ looking }) {
  const { house, booth, shown } = looking;
  const here = Object.values(shown?.staff ?? {}).some(({ state }) => state !== "away");
  if (!here) return null;
  const wave = async () => {
    if ((await attempt(house.do(LOUNGE, { type: "booth.wave", booth }))) === undefined) return;
    tell(t("You waved. Those at the booth have seen it."), { tone: "done" });
  };
  return html`<button class="btn" type="button" onClick=${wave}>
    <${Icon} name="hand" />${t("Wave")}
  </button>`;
}
