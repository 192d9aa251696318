/** The clock: an arch that empties, counted down by the browser itself. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { remaining } from "../state/countdown.js";
import { length } from "../times.js";
import { t } from "../words.js";
import { announce } from "./announce.js";

const CURVE = "M6 60a54 54 0 0 1 108 0";
const MOMENTS = [300, 60]; // seconds left at which a screen reader says so

/** @typedef {import("../state/countdown.js").Reading} Reading */

/**
 * The arch with any reading on it.
 * @param {{ state: string, fraction: number, time: string, says: string }} given
 */
export const Arch = ({ state, fraction, time, says }) => html`
  <div class="clock" data-state=${state} role="timer" aria-live="off" aria-label=${`${says}: ${time}`}>
    <svg viewBox="0 0 120 64" aria-hidden="true">
      <path class="rail" d=${CURVE} pathLength="100" />
      ${
        fraction > 0 || state === "paused"
          ? html`<path
            class="left"
            d=${CURVE}
            pathLength="100"
            stroke-dasharray=${state === "paused" ? "2 4" : `${(fraction * 100).toFixed(1)} 200`}
          />`
          : null
      }
    </svg>
    <span class="time">${time}</span><span class="says">${says}</span>
  </div>
`;

/**
 * What the clock says below the figures.
 * @param {Reading} reading
 */
export function saying({ state }) {
  if (state === "over") return t("over time");
  return state === "paused" ? t("paused") : t("left");
}

/**
 * The figures: what is left, or "+0:42" beyond it.
 * @param {Reading} reading
 */
export const figures = ({ seconds }) =>
  seconds < 0 ? `+${length(Math.floor(-seconds))}` : length(seconds);

/**
 * The clock of what runs. `spoken` once a page, so that it is said once.
 * @param {{ live: import("../../wire.d.ts").LiveShown, drawn: number, says?: string, spoken?: boolean }} given
 *   `drawn` is the agenda's `now`
 */
export function LiveClock({ live, drawn, says, spoken = false }) {
  const reading = remaining(live, beat.value, drawn);
  return html`
    <${Arch}
      state=${reading.state}
      fraction=${reading.fraction}
      time=${figures(reading)}
      says=${reading.state === "calm" || reading.state === "soon" ? (says ?? saying(reading)) : saying(reading)}
    />
    ${spoken ? html`<${Spoken} item=${live.id} reading=${reading} />` : null}
  `;
}

/** @param {{ item: string, reading: Reading }} given */
function Spoken({ item, reading }) {
  const before = useRef({ item, reading });
  useEffect(() => {
    const sentence = before.current.item === item && moment(before.current.reading, reading);
    before.current = { item, reading };
    if (sentence) announce(sentence);
  });
  return null;
}

/**
 * What is to be said between two readings, if anything.
 * @param {Reading} before
 * @param {Reading} after
 */
export function moment(before, after) {
  if (after.state !== before.state && after.state === "over") return t("The time is up.");
  if (after.state !== before.state && after.state === "paused") return t("The clock is paused.");
  const passed = MOMENTS.find((at) => before.seconds > at && after.seconds <= at);
  if (passed === 300) return t("Five minutes left.");
  return passed === 60 ? t("One minute left.") : "";
}
