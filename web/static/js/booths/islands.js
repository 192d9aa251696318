/** Brings the places of a page to life that the server marked with `data-live`. */

import { effect, html, render } from "../../vendor/preact.js";
import { mount } from "../parts/page.js";

/**
 * What the server drew stays until the house has spoken.
 * @param {import("../house.js").House} house
 * @param {Record<string, (given: DOMStringMap) => any>} places what stands where, by the place's
 *   name; it is given the place's other data
 */
export function enliven(house, places) {
  const foyer = house.foyer();
  const lounge = house.lounge();
  const waiting = effect(() => {
    if (!lounge.shown.value || !foyer.shown.value || !house.me.value) return;
    queueMicrotask(() => {
      waiting();
      for (const [name, Part] of Object.entries(places)) {
        for (const place of document.querySelectorAll(`[data-live="${name}"]`)) {
          const { dataset } = /** @type {HTMLElement} */ (place);
          place.replaceChildren();
          render(html`<${Part} ...${{ ...dataset }} />`, place);
        }
      }
      document.getElementById("main")?.setAttribute("data-live", "yes");
    });
  });
  mount({ house, ready: () => false, room: () => null });
}
