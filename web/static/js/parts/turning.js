/** The keys beside a deck on stage: back, which page, on, and off the stage. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";
import { Slide } from "./slide.js";

/** @typedef {import("../../wire.d.ts").Deck} Deck */
/** @typedef {import("../state/turning.js").Turner} Turner */

/** @param {{ deck: Deck, turner: Turner, children?: any }} given */
export function TurnKeys({ deck, turner, children }) {
  const { page, pages, hidden } = deck;
  return html`<div class="turn" role="group" aria-label=${t("Turn slides")}>
    <button
      class="btn only" type="button" aria-label=${t("Previous slide")} title=${t("Previous slide")}
      aria-keyshortcuts="ArrowLeft" disabled=${page <= 1} onClick=${() => turner.previous()}
    >
      <${Icon} name="arrow-left" />
    </button>
    <span class="of" role="status"
      ><span class="sr">${t("Slide {page} of {pages}", { page, pages })}</span
      ><span aria-hidden="true">${page} / ${pages}</span></span
    >
    <button
      class="btn only" type="button" aria-label=${t("Next slide")} title=${t("Next slide")}
      aria-keyshortcuts="ArrowRight" disabled=${page >= pages} onClick=${() => turner.next()}
    >
      <${Icon} name="arrow-right" />
    </button>
    <button class="btn bare hide" type="button" aria-pressed=${hidden} onClick=${() => turner.toggle()}>
      <${Icon} name="eye" />${hidden ? t("Show slides") : t("Hide slides")}
    </button>
    ${children}
  </div>`;
}

/** What comes when one turns on. @param {{ deck: Deck, small?: boolean }} given */
export function NextSlide({ deck, small = true }) {
  if (deck.page >= deck.pages) return html`<p class="soft end">${t("That was the last slide.")}</p>`;
  return html`<${Slide} deck=${deck} page=${deck.page + 1} small=${small} class="next" />`;
}
