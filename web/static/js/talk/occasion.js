/** What brings two people together, and a question that breaks the ice. */

import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Profile} Profile */

/**
 * The topics that meet: sought by one and offered by the other first, then those both named.
 * @param {Profile | undefined} mine
 * @param {Profile | undefined} theirs
 * @returns {string[]}
 */
export function common(mine, theirs) {
  if (!mine || !theirs) return [];
  const fits = [...both(mine.seeks, theirs.offers), ...both(mine.offers, theirs.seeks)];
  const all = [...fits, ...both(mine.seeks, theirs.seeks), ...both(mine.offers, theirs.offers)];
  return all.filter((topic, at) => all.findIndex((each) => same(each, topic)) === at);
}

/**
 * A question to begin with, the same for both of a talk.
 * @param {string} talk its id
 * @param {readonly string[]} shared the topics they share
 */
export function question(talk, shared) {
  const number = Number(talk.slice(1)) || 0;
  const topic = [...shared].sort()[0] ?? "";
  const about = [
    t("What about “{topic}” surprised you last?", { topic }),
    t("What would you try in “{topic}” if nothing could go wrong?", { topic }),
    t("How did you come to “{topic}”?", { topic }),
  ];
  const open = [
    t("What are you working on that you like to talk about?"),
    t("What made you come this evening?"),
    t("What would have to happen for this evening to be worth it for you?"),
    t("Which problem at work would you love to hand over?"),
  ];
  const pool = topic ? about : open;
  return pool[number % pool.length] ?? "";
}

/**
 * @param {readonly string[]} some
 * @param {readonly string[]} others
 */
const both = (some, others) => some.filter((topic) => others.some((each) => same(each, topic)));

/**
 * @param {string} a
 * @param {string} b
 */
const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
