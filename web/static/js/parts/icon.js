/** A drawn sign beside a word; where it stands alone its button is named. */

import { html } from "../../vendor/preact.js";

let sheet = "/static/icons.svg";

/**
 * Where all drawn signs and figures lie, under the address the page itself uses.
 * @param {string | undefined} address
 */
export const drawFrom = (address) => {
  sheet = address ?? sheet;
};

/**
 * The address of one of them.
 * @param {string} name
 */
export const drawn = (name) => `${sheet}#${name}`;

/** @param {{ name: string }} given the Lucide name */
export const Icon = ({ name }) => html`
  <svg class="icon" aria-hidden="true"><use href=${drawn(`i-${name}`)} /></svg>
`;
