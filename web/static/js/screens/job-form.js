/** The form of an offer: topics become chips, and what was found in a text is looked at first. */

import { enliven } from "../booths/islands.js";
import { enter } from "../house.js";
import { makeChips } from "../people/chips.js";

const { house } = await enter();
for (const field of document.querySelectorAll("[data-chips]")) {
  makeChips(/** @type {HTMLElement} */ (field));
}
document.querySelector(".offer .notice")?.scrollIntoView({ block: "center" });
enliven(house, {});
