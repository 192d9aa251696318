/** Calls people to their talks wherever in the house they are: a banner, a bell, one click. */

import { beat, clock } from "../clock.js";
import { audible, ring } from "../media/bell.js";
import { announce } from "../parts/announce.js";
import { Banner } from "../parts/banner.js";
import { BellSwitch } from "../parts/bells.js";
import { Icon } from "../parts/icon.js";
import { called, rings } from "../state/rounds.js";
import { length } from "../times.js";
import { computed, effect, html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { namesOf, placeWords } from "./words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/rounds.js").Call} Call */

const THERE = "/talks/now"; // the talk's own page needs no call to it

/**
 * Whom the reader is called to, null if to nobody; a new value only when something changed.
 * @param {House} house
 * @returns {import("../../vendor/preact.js").Signal<Call | null>}
 */
export function callOf(house) {
  /** @type {Call | null} */
  let last = null;
  return computed(() => {
    void beat.value;
    const lounge = house.lounge().shown.value;
    const agenda = house.foyer().shown.value?.agenda;
    const me = house.me.value;
    const known = lounge && agenda && me && location.pathname !== THERE;
    const call = known ? called(lounge, agenda, me, clock.now()) : null;
    if (JSON.stringify(call) !== JSON.stringify(last)) last = call;
    return last;
  });
}

/** The banner while somebody is called. @param {{ house: House, call: Call }} given */
export const Summons = ({ house, call }) => html`<${Banner}
  title=${title(house, call)}
  text=${call.is === "soon" ? html`<${Left} startsAt=${call.startsAt} />` : placeWords(call.place)}
>
  <a class="btn primary" href=${call.is === "now" ? `${THERE}?enter` : THERE}
    ><${Icon} name="messages-square" />${call.is === "now" ? t("Enter") : t("Get ready")}</a
  >
  <${BellSwitch} />
</${Banner}>`;

/** The banner is a status: what ticks is hidden from those who hear it. */
/** @param {{ startsAt: number }} given */
const Left = ({ startsAt }) => html`<span class="num" aria-hidden="true"
  >${t("in {time}", { time: length(Math.max(0, startsAt - beat.value)) })}</span
>`;

/**
 * @param {House} house
 * @param {Call} call
 */
export function title(house, call) {
  const name = namesOf(house, call.with);
  if (!name) return t("A round of talks begins in a minute.");
  return call.is === "now"
    ? t("Your talk with {name} begins.", { name })
    : t("Your talk with {name} begins in a minute.", { name });
}

/**
 * Say it once a minute before and once when it begins, and ring if that was chosen.
 * @param {House} house
 * @param {import("../../vendor/preact.js").Signal<Call | null>} now
 * @returns {() => void} how to stop
 */
export function keepCalling(house, now) {
  /** @type {Call | null} */
  let before = null;
  return effect(() => {
    const call = now.value;
    const news = rings(before, call);
    before = call;
    if (!call || !news) return;
    announce(title(house, call));
    if (audible.peek()) void ring({ strokes: call.is === "now" ? 3 : 2 }).catch(() => undefined);
  });
}
