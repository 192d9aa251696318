/** What stands over a speaker's picture while it fails, and who is to be seen at all. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").InsuranceShown} InsuranceShown */
/** @typedef {"moment" | "sound" | "clip" | null} Lapse */

/**
 * `moment`: the last picture stays, it will be going on. `sound`: the moderator goes on without
 * the picture. `clip`: what is seen was recorded before.
 * @param {InsuranceShown} insurance
 * @param {{ feed: string, person: string }} picture
 * @returns {Lapse}
 */
export function lapse({ outage, playing, without }, { feed, person }) {
  if (feed !== "speaker") return null;
  if (playing) return "clip";
  if (without === person) return "sound";
  return outage?.seated && outage.person === person ? "moment" : null;
}

export const Moment = () => html`<div class="moment" role="status">
  <svg viewBox="0 0 120 64" aria-hidden="true"><path d="M6 60a54 54 0 0 1 108 0" /><path d="M26 60a34 34 0 0 1 68 0" /></svg>
  <p>${t("One moment, please.")}</p>
</div>`;
