/** The tour on every page: an invitation, or a calm bar while this window goes along. */

import { effect, html, signal } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { announce } from "../parts/announce.js";
import { Banner } from "../parts/banner.js";
import { Icon } from "../parts/icon.js";
import { attempt, tell } from "../parts/toast.js";
import { goesAlong, invites, led, NOWHERE, stays } from "../state/tour.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/tour.js").Trail} Trail */

const KEPT = "foyer.tour"; // in this window: a reload goes on, another window decides for itself

/** @type {import("../../vendor/preact.js").Signal<Trail>} */
const trail = signal({ ...NOWHERE, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") });

/** @param {Trail} next */
function keep(next) {
  trail.value = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
}

/** Whether there is a text that a change of page would take away. */
const writing = () =>
  [...document.querySelectorAll("textarea, dialog[open] input")].some(
    (each) =>
      /** @type {HTMLTextAreaElement} */ (each).value !==
      (/** @type {HTMLTextAreaElement} */ (each).defaultValue || ""),
  );

/**
 * Go where the tour goes, as long as this window goes along.
 * @param {House} house
 * @returns {() => void} how to stop
 */
export function keepFollowing(house) {
  /** @type {string | null} */
  let on = null;
  return effect(() => {
    const tour = house.lounge().shown.value?.tour;
    if (!tour) return;
    if (on && tour.item === null && trail.peek().item === on) {
      tell(t("The tour is over. Thank you for coming along."));
      keep(NOWHERE);
    }
    if (!on && tour.item && invites(tour, trail.peek())) announce(t("The tour begins."));
    on = tour.item;
    const { to, trail: next } = led(tour, trail.value, location.pathname, writing());
    if (next !== trail.peek()) keep(next);
    if (to) location.assign(to);
  });
}

/** @param {House} house */
async function follow(house) {
  const tour = house.lounge().shown.peek()?.tour;
  if (!tour?.item) return;
  // Said before it is known: what then comes of the house leads this window at once.
  keep({ ...NOWHERE, item: tour.item });
  if (!tour.following) await attempt(house.do(LOUNGE, { type: "tour.follow", on: true }));
}

/** @param {House} house */
async function stay(house) {
  const tour = house.lounge().shown.peek()?.tour;
  keep({ ...NOWHERE, declined: tour?.item ?? null });
  if (tour?.following) await attempt(house.do(LOUNGE, { type: "tour.follow", on: false }));
}

/** The invitation, where there is room for a banner. @param {{ house: House }} given */
export function Invitation({ house }) {
  const tour = house.lounge().shown.value?.tour;
  if (!tour || !invites(tour, trail.value) || leads()) return null;
  return html`<${Banner} title=${t("The tour begins.")} text=${titleOf(house, tour.item)}>
    <button class="btn primary" type="button" onClick=${() => follow(house)}>
      <${Icon} name="users" />${t("Go along")}
    </button>
    <button class="btn" type="button" onClick=${() => stay(house)}>${t("Stay here")}</button>
  </${Banner}>`;
}

/** While this window goes along. @param {{ house: House }} given */
export function Following({ house }) {
  const tour = house.lounge().shown.value?.tour;
  if (!tour || !goesAlong(tour, trail.value)) return null;
  const elsewhere = tour.stop !== null && tour.stop !== location.pathname;
  return html`<section class="tour-bar" aria-label=${t("Tour")}>
    <p role="status"><${Icon} name="users" />${t("You are going along.")}${" "}
      ${tour.stop === null ? html`<span class="soft">${t("It starts in a moment.")}</span>` : null}</p>
    ${
      elsewhere
        ? html`<a class="btn" href=${tour.stop}><${Icon} name="arrow-right" />${t("Go where the tour is")}</a>`
        : null
    }
    <button class="btn bare" type="button" onClick=${() => stay(house)}>${t("No longer go along")}</button>
  </section>`;
}

/** At the desk the tour is led, and in a talk nobody is asked away. */
const leads = () => stays(location.pathname);

/**
 * @param {House} house
 * @param {string | null} item
 */
const titleOf = (house, item) =>
  (item && house.foyer().shown.value?.agenda.items[item]?.title) || "";
