/** A drawn sign beside a word; where it stands alone its button is named. */

import { html } from "../../vendor/preact.js";

/** @param {{ name: string }} given the Lucide name */
export const Icon = ({ name }) => html`
  <svg class="icon" aria-hidden="true"><use href=${`/static/icons.svg#i-${name}`} /></svg>
`;
