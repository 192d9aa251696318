/** What is said of rounds: with whom, why this partner, why one sits out. */

import { listed } from "../parts/person.js";
import { spoken, t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/rounds.js").OwnRound} OwnRound */
/** @typedef {import("../state/rounds.js").Out} Out */

/**
 * @param {House} house
 * @param {readonly string[]} people
 */
export const namesOf = (house, people) =>
  listed(
    people.map((id) => house.person(id)?.name ?? id),
    spoken(),
  );

/**
 * Why this partner.
 * @param {OwnRound} round
 */
export function whyThese({ topics, mutual }) {
  const shared = listed(topics, spoken());
  if (mutual && shared) return t("You chose each other, and have in common: {topics}.", { topics: shared });
  if (mutual) return t("You chose each other.");
  if (shared) return t("In common: {topics}.", { topics: shared });
  return t("Chosen so that as many as possible meet somebody who fits.");
}

/**
 * Why nobody, in a sentence.
 * @param {Out} out
 */
export function whyNobody(out) {
  const words = {
    unplanned: t("Partners are not chosen yet. You will find yours here."),
    hidden: t("You will learn with whom when the round begins."),
    held: t("The moderator holds the rounds for now."),
    "not-for-you": t("In this gathering talents and companies talk with each other."),
    away: t("You do not take part in the rounds. You can change that on your page."),
    stage: t("You sit out this round because you are on stage then."),
    booked: t("You sit out this round because you have an arranged talk then."),
    spread: t(
      "You sit out this round because not everybody can have somebody each time; we spread it evenly.",
    ),
  };
  return words[out];
}

/**
 * Where somebody in the hall goes; nothing for those at home.
 * @param {string} place such as "table 7"
 */
export function placeWords(place) {
  const [what, number = ""] = place.split(" ");
  if (what === "table") return t("At table {number} in the hall.", { number });
  return what === "tablet" ? t("At booth tablet {number}, or on your own phone.", { number }) : "";
}
