/** The talks one has agreed on, as lines of the printed programme. */

import { effect, html, render } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { otherOf, sorted } from "../state/bookings.js";
import { machineTime, roughly, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Booking} Booking */

/**
 * Bring `[data-live="own-talks"]` to life, if the page has it: hidden while there are none.
 * @param {House} house
 */
export function keepOwnTalks(house) {
  const place = document.querySelector('[data-live="own-talks"]');
  const list = place?.querySelector("ol");
  if (!place || !list) return;
  let drawn = false;
  effect(() => {
    const talks = agreed(house);
    if (talks === null || !house.foyer().shown.value) return;
    place.toggleAttribute("hidden", talks.length === 0);
    if (!drawn) list.replaceChildren();
    drawn = true;
    render(html`${talks.map((booking) => html`<${Line} key=${booking.id} house=${house} booking=${booking} />`)}`, list);
  });
}

/**
 * What is ahead, the next first; null while it is not known.
 * @param {House} house
 * @returns {Booking[] | null}
 */
export function agreed(house) {
  const shown = house.lounge().shown.value?.bookings;
  const me = house.me.value?.id;
  if (!shown || !me) return null;
  const { moved, agreed: ahead } = sorted(shown, me, 0);
  return [...moved, ...ahead].sort((a, b) => a.slots[0] - b.slots[0]);
}

/** One of them. @param {{ house: House, booking: Booking }} given */
export function Line({ house, booking }) {
  const person = house.person(otherOf(booking, house.me.value?.id ?? ""));
  const [at] = booking.slots;
  return html`<li class="you">
    <span class="when"><time datetime=${machineTime(at)}>${timeOfDay(at)}</time></span>
    <span
      ><span class="what"><a href="/talks">${person?.name ?? ""}</a></span><br /><span class="who"
        >${person?.organisation ? `${person.organisation}, ` : ""}${roughly(booking.seconds)}</span
      ></span
    >
    <span class="side"
      >${
        booking.conflict
          ? html`<span class="drift">${t("needs another time")}</span>`
          : html`<span class="ready" data-is="yes"
            ><${Icon} name="circle-check" />${t("accepted")}</span
          >`
      }</span
    >
  </li>`;
}
