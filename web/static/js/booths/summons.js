/** Calls people to the counter wherever in the house they are: a banner, a bell, one click. */

import { computed, effect, html } from "../../vendor/preact.js";
import { beat, clock } from "../clock.js";
import { LOUNGE } from "../house.js";
import { chime } from "../media/bell.js";
import { announce } from "../parts/announce.js";
import { Banner } from "../parts/banner.js";
import { Icon } from "../parts/icon.js";
import { attempt, tell } from "../parts/toast.js";
import { callAtBooth } from "../state/counters.js";
import { length } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/counters.js").BoothCall} BoothCall */

/** Where the talk at a booth's counter is. @param {string} booth */
const there = (booth) => `/booths/${booth}/talk`;

/**
 * Which booth calls the reader, null if none does; a new value only when something changed.
 * @param {House} house
 * @returns {import("../../vendor/preact.js").Signal<BoothCall | null>}
 */
export function boothCallOf(house) {
  /** @type {BoothCall | null} */
  let last = null;
  return computed(() => {
    void beat.value;
    const lounge = house.lounge().shown.value;
    const me = house.me.value?.id ?? "";
    const found = lounge ? callAtBooth(lounge, me, clock.now()) : null;
    // The page of the talk needs no call to it.
    const call = found?.kind === "talk" && location.pathname === there(found.booth) ? null : found;
    if (JSON.stringify(call) !== JSON.stringify(last)) last = call;
    return last;
  });
}

/** The banner while a booth calls. @param {{ house: House, call: BoothCall }} given */
export function BoothSummons({ house, call }) {
  if (call.kind === "talk") {
    return html`<${Banner} title=${title(house, call)} text=${t("They wait for you at the counter.")}>
      <a class="btn primary" href=${there(call.booth)}><${Icon} name="messages-square" />${t("To the counter")}</a>
    </${Banner}>`;
  }
  if (call.kind === "hand-over") return html`<${HandedOver} house=${house} call=${call} />`;
  return html`<${Banner} title=${title(house, call)} text=${html`<${Left} until=${call.until} />`}>
    <button class="btn primary" type="button" onClick=${() => come(house, call.booth)}>
      <${Icon} name="messages-square" />${t("Come to the counter")}
    </button>
    <button class="btn" type="button" onClick=${() => decline(house, call.booth)}>
      ${call.kind === "invited" ? t("No thanks") : t("Give the ticket back")}
    </button>
  </${Banner}>`;
}

/** @param {{ house: House, call: BoothCall }} given */
function HandedOver({ house, call }) {
  const take = async () => {
    const command = { type: "booth.take-over", counter: call.counter };
    if ((await attempt(house.do(LOUNGE, command))) === undefined) return;
    location.assign(there(call.booth));
  };
  const refuse = () =>
    attempt(house.do(LOUNGE, { type: "booth.take-over", counter: call.counter, on: false }));
  return html`<${Banner} title=${title(house, call)} text=${t("The visitor stays at the counter until you are there.")}>
    <button class="btn primary" type="button" onClick=${take}>
      <${Icon} name="arrow-left-right" />${t("Take over")}
    </button>
    <button class="btn" type="button" onClick=${refuse}>${t("Not now")}</button>
  </${Banner}>`;
}

/** The banner is a status: what ticks is hidden from those who hear it. */
/** @param {{ until: number }} given */
const Left = ({ until }) => html`${t("They wait for you at the counter.")}
  <span class="num" aria-hidden="true"> ${length(Math.max(0, until - beat.value))}</span>`;

/**
 * @param {House} house
 * @param {BoothCall} call
 */
export function title(house, call) {
  const booth = organisation(house, call.booth);
  const name = house.person(call.by)?.name ?? t("Somebody");
  if (call.kind === "talk") return t("Your talk at the booth of {booth} is on.", { booth });
  if (call.kind === "hand-over") return t("{name} would like to hand a visitor over to you.", { name });
  if (call.kind === "invited") return t("{booth} invites you to its booth. You have two minutes.", { booth });
  return t("It is your turn at the booth of {booth}. You have two minutes.", { booth });
}

/**
 * @param {House} house
 * @param {string} booth
 */
export const organisation = (house, booth) =>
  house.lounge().shown.value?.exhibitors.find(({ id }) => id === booth)?.organisation ?? "";

/**
 * Answer a call: the talk begins, and its page opens.
 * @param {House} house
 * @param {string} booth
 */
export async function come(house, booth) {
  if ((await attempt(house.do(LOUNGE, { type: "booth.come", booth }))) === undefined) return;
  location.assign(there(booth));
}

/**
 * @param {House} house
 * @param {string} booth
 */
const decline = (house, booth) => attempt(house.do(LOUNGE, { type: "booth.give-back", booth }));

/**
 * Say and ring it once when one is called: who takes a ticket wants to hear it, so only who
 * silenced the bells hears none.
 * @param {House} house
 * @param {import("../../vendor/preact.js").Signal<BoothCall | null>} now
 * @returns {() => void} how to stop
 */
export function keepCallingToBooths(house, now) {
  let before = "";
  return effect(() => {
    const call = now.value;
    const key = call?.key ?? "";
    if (key === before) return;
    before = key;
    if (!call || !house.foyer().shown.peek()) return;
    announce(title(house, call));
    void chime(3);
  });
}

/**
 * Tell those who asked for it that somebody is back at a booth.
 * @param {House} house
 */
export function tellWhoIsBack(house) {
  house.connection.on("told", ({ room, event }) => {
    if (room !== LOUNGE || event.type !== "booth.somebody-back") return;
    const sentence = t("Somebody is back at the booth of {booth}.", { booth: organisation(house, event.booth) });
    const go = () => location.assign(`/booths/${event.booth}`);
    tell(sentence, { tone: "note", action: { label: t("To the booth"), act: go } });
    void chime(1);
  });
}
