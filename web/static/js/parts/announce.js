/** What a screen reader says by itself: politely, each sentence once. */

import { html, signal } from "../../vendor/preact.js";

/** @type {import("../../vendor/preact.js").Signal<string>} */
const said = signal("");

/** @param {string} sentence */
export const announce = (sentence) => (said.value = sentence);

/** The region that speaks; one on every screen. */
export const Announcer = () =>
  html`<p class="sr" role="status" aria-live="polite">${said.value}</p>`;
