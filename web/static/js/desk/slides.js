/** Slides at the desk: what is on stage, what comes when one turns, and decks for anybody. */

import { deckWords, DeckBox } from "../parts/deck.js";
import { Dialog } from "../parts/dialog.js";
import { Slide } from "../parts/slide.js";
import { NextSlide, TurnKeys } from "../parts/turning.js";
import { useTurnKeys } from "../parts/turnkeys.js";
import { Turner } from "../state/turning.js";
import { html, signal, useMemo } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** The item whose slides are being laid ready. @type {import("../../vendor/preact.js").Signal<string | null>} */
const laying = signal(null);

/** @param {string} item */
export const layFor = (item) => (laying.value = item);

/** @param {{desk: Desk}} props */
export function Slides({ desk }) {
  const { live } = desk.pitch.slides;
  const turner = useMemo(
    () => new Turner(() => desk.pitchRoom.shown.peek()?.slides.live ?? null, (c) => desk.do(c)),
    [desk],
  );
  useTurnKeys(turner, live !== null && desk.keys.value);
  return html`${live &&
    html`<section class="desk-slides" aria-labelledby="slides-h">
      <h2 id="slides-h" class="sr">${t("Slides")}</h2>
      <${Slide} deck=${live} small class=${live.hidden ? "" : "on-air"} />
      <${TurnKeys} deck=${live} turner=${turner} />
      <${NextSlide} deck=${live} />
    </section>`}
    <${Laying} desk=${desk} />`;
}

/** @param {{desk: Desk}} props */
function Laying({ desk }) {
  const item = laying.value;
  if (item === null) return null;
  const title = desk.agenda.items[item]?.title ?? item;
  const deck = desk.pitch.slides.decks[item];
  const close = () => (laying.value = null);
  return html`<${Dialog} title=${t("Slides for “{title}”", { title })} onClose=${close}>
    <p class="soft">${deckWords(deck)}</p>
    <${DeckBox} item=${item} deck=${deck} label=${title} />
    <p class="acts"><button class="btn" type="button" onClick=${close}>${t("Close")}</button></p>
  </${Dialog}>`;
}
