/** One booth in the list of all: who is there, how many wait, one's own ticket. */

import { html } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { Face } from "../parts/person.js";
import { back, boothOf, present, ticketOf } from "../state/counters.js";
import { timeOfDay } from "../times.js";
import { n, t } from "../words.js";
import { waitingWords } from "./words.js";

/** @typedef {import("../house.js").House} House */

const FACES = 5;

/** @param {{ house: House, booth: string, jobs: number }} given */
export function Stall({ house, booth, jobs }) {
  const lounge = house.lounge().shown.value;
  const shown = lounge && boothOf(lounge, booth);
  if (!shown) return null;
  const ticket = ticketOf(lounge, booth);
  return html`<p><${Here} shown=${shown} /></p>
    <p>
      ${
        ticket
          ? html`<span class="no-tag" aria-hidden="true">${ticket.number}</span
              ><b>${t("Your ticket: number {n}", { n: ticket.number })}</b>`
          : html`<span>${waitingWords(shown.waiting)}</span>`
      }
      ${jobs ? html`<span>${n("{n} open door", "{n} open doors", jobs)}</span>` : null}
    </p>`;
}

/** @param {{ shown: import("../../wire.d.ts").Stall }} given */
function Here({ shown }) {
  const here = present(shown);
  if (!here.length) {
    const at = back(shown);
    return html`<span class="ready" data-is="off"
      ><${Icon} name="circle-dashed" />${
        at === null ? t("nobody is here just now") : t("back at {time}", { time: timeOfDay(at) })
      }</span
    >`;
  }
  const free = here.filter(([, { state }]) => state === "free").length;
  return html`<span class="who" aria-hidden="true"
      >${here.slice(0, FACES).map(([person]) => html`<${Face} key=${person} id=${person} />`)}</span
    >
    ${
      free
        ? html`<span class="ready" data-is="yes"
            ><${Icon} name="circle-check" />${n("{n} is free to talk", "{n} are free to talk", free)}</span
          >`
        : html`<span class="ready" data-is="wait"
            ><${Icon} name="hourglass" />${t("all are busy just now")}</span
          >`
    }`;
}
