/** Booths in words: how somebody of a company stands just now, and how long one waits. */

import { html } from "../../vendor/preact.js";
import { clock } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { roughly, timeOfDay } from "../times.js";
import { n, t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Duty} Duty */

/**
 * Free, in a talk, back at some time: a sign and words.
 * @param {{ standing: Duty }} given
 */
export const State = ({ standing: { state, until } }) => {
  const [is, icon] = SIGNS[state] ?? ["off", "circle-dashed"];
  return html`<span class="ready" data-is=${is}
    ><${Icon} name=${icon} />${stateWords(state, until, clock.now())}</span
  >`;
};

/** @type {Record<string, [string, string]>} */
const SIGNS = { free: ["yes", "circle-check"], talk: ["wait", "hourglass"] };

/**
 * @param {Duty["state"]} state
 * @param {number | null} until
 * @param {number} now
 */
export function stateWords(state, until, now) {
  const time = until === null ? "" : timeOfDay(until);
  if (state === "free") return t("free to talk");
  if (state === "talk") {
    const left = until !== null && until > now ? roughly(until - now) : "";
    return left ? t("in a talk, about {time}", { time: left }) : t("in a talk");
  }
  if (state === "stage") return time ? t("on stage, back at {time}", { time }) : t("on stage");
  if (state === "round") return time ? t("in a round, back at {time}", { time }) : t("in a round");
  if (state === "meeting") {
    return time ? t("in an arranged talk, back at {time}", { time }) : t("in an arranged talk");
  }
  if (state === "break") return time ? t("on a break, back at {time}", { time }) : t("on a break");
  return time ? t("back at {time}", { time }) : t("not here just now");
}

/**
 * "2 people are before you, about 6 minutes."
 * @param {number} ahead
 * @param {number} seconds
 */
export function waitWords(ahead, seconds) {
  const before = ahead
    ? n("One person is before you.", "{n} people are before you.", ahead)
    : t("Nobody is before you.");
  return { before, time: seconds >= 30 ? roughly(seconds) : "" };
}

/**
 * How many wait.
 * @param {number} waiting
 */
export const waitingWords = (waiting) =>
  waiting ? n("{n} person waits", "{n} people wait", waiting) : t("nobody waits");
