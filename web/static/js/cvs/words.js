/** What is shown of a card, and how pins stand, in words. */

import { spoken, t } from "../words.js";

/**
 * @param {string[]} what
 */
export function kinds(what) {
  if (what.includes("pdf") && what.includes("contact")) return t("card, contact and CV");
  if (what.includes("pdf")) return t("card and CV");
  return what.includes("contact") ? t("card and contact") : t("card");
}

/**
 * A day in the gathering's zone, "31 March 2027".
 * @param {number} at Unix seconds
 * @param {string} zone
 */
export const dayOf = (at, zone) =>
  new Intl.DateTimeFormat(spoken() === "de" ? "de-DE" : "en-GB", {
    dateStyle: "long",
    timeZone: zone,
  }).format(at * 1000);

/**
 * How a pin stands, for its owner.
 * @param {string} state
 */
export function stateOf(state) {
  if (state === "invited") return t("invites you to a talk");
  if (state === "declined") return t("said thank you, but no");
  if (state === "later") return t("would like to come back to it later");
  return state === "withdrawn" ? t("taken off") : t("no answer yet");
}

/**
 * What somebody of a company did.
 * @param {string} what
 */
export function sightOf(what) {
  if (what === "pdf") return t("downloaded the CV");
  if (what === "contact") return t("saw card and contact");
  return what === "card" ? t("saw the card") : t("saw the card without your name");
}
