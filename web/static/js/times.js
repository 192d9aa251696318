/** Times and lengths of time as people read them. */

import { n, spoken, t } from "./words.js";

let zone = "Europe/Berlin";

/**
 * The gathering's time zone; all times of day are shown in it.
 * @param {string} name
 */
export const useZone = (name) => {
  zone = name;
};

/**
 * A time of day, "19:24".
 * @param {number} at Unix seconds
 */
export function timeOfDay(at) {
  const format = new Intl.DateTimeFormat(spoken() === "de" ? "de-DE" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return format.format(at * 1000);
}

/**
 * For `<time datetime>`.
 * @param {number} at Unix seconds
 */
export const machineTime = (at) => new Date(at * 1000).toISOString();

/**
 * A length on a clock: "3:48", over an hour "1:02:09"; whole seconds, rounded up.
 * @param {number} seconds not negative
 */
export function length(seconds) {
  const whole = Math.ceil(Math.max(0, seconds) - 0.001);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/**
 * A drift from the plan as the desk reads it: "+3:20", "−0:40".
 * @param {number} seconds
 */
export const drift = (seconds) =>
  `${seconds < 0 ? "−" : "+"}${length(Math.floor(Math.abs(seconds)))}`;

/**
 * Whole minutes of a drift, as guests read it.
 * @param {number} seconds
 */
export const minutes = (seconds) => Math.round(seconds / 60);

/**
 * About how long: "18 min", "2 h 05 min", "3 days".
 * @param {number} seconds
 */
export function roughly(seconds) {
  const whole = seconds > 0 ? Math.max(1, Math.round(seconds / 60)) : 0;
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return t("{n} min", { n: whole });
  if (hours >= 48) return n("{n} day", "{n} days", Math.round(seconds / 86_400));
  if (!rest) return t("{n} h", { n: hours });
  return t("{hours} h {minutes} min", { hours, minutes: String(rest).padStart(2, "0") });
}

/**
 * A day in words, "Freitag, 25. September 2026".
 * @param {number} at Unix seconds
 */
export function day(at) {
  const format = new Intl.DateTimeFormat(spoken() === "de" ? "de-DE" : "en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
  });
  return format.format(at * 1000);
}
