/** What kind of item it is, in a word. */

import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").ItemShown} ItemShown */

/**
 * @param {ItemShown["kind"]} kind
 * @returns {string}
 */
export function kindWord(kind) {
  const words = {
    welcome: t("Welcome"),
    "pitch.company": t("Company pitch"),
    "pitch.talent": t("Pitch"),
    questions: t("Questions"),
    talk: t("Talk"),
    panel: t("Panel"),
    break: t("Break"),
    round: t("Round of talks"),
    award: t("Award"),
    tour: t("Tour"),
  };
  return words[kind];
}

/**
 * What one's own item is called in one's own evening.
 * @param {ItemShown["kind"]} kind
 * @param {string} stage its name
 */
export function ownWord(kind, stage) {
  if (kind.startsWith("pitch.")) return t("Your pitch, {stage}", { stage });
  return kind === "questions"
    ? t("Your questions, {stage}", { stage })
    : t("With you, {stage}", { stage });
}
