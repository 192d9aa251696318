/** What is said about letters: how they stand, what a card shows, what a thing in the inbox is. */

import { fieldWord } from "../contacts/swap.js";
import { listed } from "../parts/person.js";
import { roughly } from "../times.js";
import { spoken, t } from "../words.js";

/** @typedef {import("./mail.js").OwnLetter} OwnLetter */

/** @type {import("./mail.js").Field[]} */
export const FIELDS = ["mail", "phone", "card"];

/**
 * Who answers until when.
 * @param {{ ownerName: string, promise: string }} given
 */
export const promised = ({ ownerName, promise }) =>
  ownerName
    ? t("{name} reads along and answers {promise}.", { name: ownerName, promise })
    : t("The company answers {promise}.", { promise });

/**
 * How a letter stands for the one who wrote it.
 * @param {OwnLetter} letter
 * @param {number} now
 */
export function standing(letter, now) {
  const { state, late, answeredBy, ownerName: name, promise } = letter;
  const length = roughly(now - letter.at);
  if (state === "answered") return t("Answered by {name}", { name: answeredBy });
  if (state === "closed") return t("Closed without an answer by {name}", { name });
  if (late)
    return t("Has waited {length}, longer than it should. The company has been reminded.", { length });
  if (name)
    return t("Has waited {length}. {name} sees to it and answers {promise}.", { length, name, promise });
  return t("Has waited {length}. The company answers {promise}.", { length, promise });
}

/**
 * What a card shows besides name and organisation.
 * @param {string[]} fields
 * @param {string} role
 */
export function shownWords(fields, role) {
  const words = FIELDS.filter((field) => fields.includes(field)).map((field) =>
    fieldWord(field, role),
  );
  return words.length ? listed(words, spoken()) : t("name and organisation");
}

/** @param {{ state: string, late: boolean }} item */
export function stateWord({ state, late }) {
  if (late) return t("late");
  const words = /** @type {Record<string, string>} */ ({
    new: t("new"),
    read: t("read"),
    answered: t("answered"),
    closed: t("closed"),
    asked: t("asked"),
    agreed: t("agreed"),
    invited: t("invited"),
    later: t("later"),
  });
  return words[state] ?? t("declined");
}

/** @param {{ kind: string }} item */
export function kindWord({ kind }) {
  if (kind === "letter") return t("Letter");
  if (kind === "card") return t("Card");
  return kind === "pin" ? t("Application") : t("Request for a talk");
}

/**
 * News of a letter, for somebody elsewhere in the house.
 * @param {string} news
 * @param {string} name the organisation's
 */
export function newsOf(news, name) {
  const words = /** @type {Record<string, string>} */ ({
    letter: t("A letter lies in your booth's inbox."),
    card: t("Somebody left a card at your booth."),
    late: t("A letter in your booth's inbox has waited for a day."),
    answered: t("{name} answered your letter.", { name }),
    closed: t("{name} closed your letter without an answer.", { name }),
  });
  return words[news] ?? "";
}
