/** All booths, as people come and go there. */

import { html } from "../../vendor/preact.js";
import { enliven } from "../booths/islands.js";
import { Stall } from "../booths/stall.js";
import { Willing } from "../booths/willing.js";
import { enter } from "../house.js";

const { house } = await enter();

enliven(house, {
  willing: () => html`<${Willing} house=${house} />`,
  stall: ({ booth = "", jobs = "0" }) =>
    html`<${Stall} house=${house} booth=${booth} jobs=${Number(jobs)} />`,
});
