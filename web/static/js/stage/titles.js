/** What an item is called where it is announced. */

import { spoken, t } from "../words.js";
import { listed } from "../parts/person.js";

/** @typedef {import("../../wire.d.ts").ItemShown} ItemShown */
/** @typedef {(id: string) => import("../../wire.d.ts").Person | undefined} Directory */

const OWN_NAME = new Set(["pitch.company", "pitch.talent", "talk"]);

/**
 * Those who are on stage in an item, by name.
 * @param {ItemShown} item
 * @param {Directory} person
 */
export function cast(item, person) {
  const names = item.people.map((id) => person(id)?.name).filter((name) => name !== undefined);
  return listed(names, spoken());
}

/**
 * "Lukas Färber: Kontakte ohne Lot"; only the title where nobody stands for it alone.
 * @param {ItemShown} item
 * @param {Directory} person
 */
export function headline(item, person) {
  const names = OWN_NAME.has(item.kind) ? cast(item, person) : "";
  return names ? t("{names}: {title}", { names, title: item.title }) : item.title;
}

/**
 * What the clock counts down.
 * @param {ItemShown} item
 */
export function clockSays(item) {
  if (item.kind === "questions") return t("for questions");
  return item.kind === "break" ? t("left of the break") : t("left");
}
