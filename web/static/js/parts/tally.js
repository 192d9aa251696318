/** A lamp and a word: live, next, or off. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @param {{ on: "air" | "next" | "off", children?: any }} given */
export const Tally = ({ on, children }) =>
  html`<span class="tally" data-on=${on}>${children ?? word(on)}</span>`;

/** @param {"air" | "next" | "off"} on */
function word(on) {
  if (on === "air") return t("Live");
  return on === "next" ? t("Next") : t("Off");
}
