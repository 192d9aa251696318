/** One's own slides: laid ready in the green room, turned on stage. */

import { deckWords, DeckBox } from "../parts/deck.js";
import { Icon } from "../parts/icon.js";
import { Slide } from "../parts/slide.js";
import { NextSlide, TurnKeys } from "../parts/turning.js";
import { useTurnKeys } from "../parts/turnkeys.js";
import { Turner } from "../state/turning.js";
import { html, signal, useMemo } from "../../vendor/preact.js";
import { t } from "../words.js";
import { CheckLine } from "./self.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

const KEYS = "foyer.keys"; // where this browser remembers that keys are off, as at the desk

const keys = signal(localStorage.getItem(KEYS) !== "off");

/** @param {boolean} on */
function useKeys(on) {
  keys.value = on;
  localStorage.setItem(KEYS, on ? "on" : "off");
}

/** Beside microphone, camera and line. @param {{room: Backstage}} props */
export function SlidesCheck({ room }) {
  const item = ownItem(room);
  if (!item) return null;
  const deck = room.pitch.slides.decks[item];
  return html`<${CheckLine}
    icon="file-text" title=${t("Slides")} says=${deckWords(deck)}
    is=${deck ? "yes" : "wait"} waits=${t("if you like")}
  >
    <${DeckBox} item=${item} deck=${deck} />
  </${CheckLine}>`;
}

/** The item of one's own that is on or comes, and may have slides. @param {Backstage} room */
function ownItem({ floor, me }) {
  const slots = [...(floor.live ? [floor.live] : []), ...floor.upcoming];
  return slots.find(({ people, kind }) => people.includes(me) && kind !== "questions")?.item;
}

/** What everybody sees, and what comes when one turns. @param {{room: Backstage}} props */
export function OwnSlides({ room }) {
  const { live } = room.pitch.slides;
  const mine = room.standing.value.seat === "speaker" || room.floor.live?.people.includes(room.me);
  const turner = useMemo(
    () => new Turner(() => room.pitchRoom.shown.peek()?.slides.live ?? null, (c) => room.do(c)),
    [room],
  );
  useTurnKeys(turner, Boolean(live && mine) && keys.value);
  if (!live || !mine) return null;
  return html`<section class="own-slides" aria-labelledby="own-slides-h">
    <h2 id="own-slides-h" class="sr">${t("Your slides")}</h2>
    ${room.floor.screen &&
    html`<p class="soft">${t("Your screen is shown now. The slides come back when it ends.")}</p>`}
    <div class="both">
      <figure>
        <${Slide} deck=${live} class=${live.hidden ? "" : "on-air"} />
        <figcaption>${live.hidden ? t("Nobody sees your slides just now.") : t("Everybody sees this")}</figcaption>
      </figure>
      <figure>
        <${NextSlide} deck=${live} />
        <figcaption>${t("Then")}</figcaption>
      </figure>
    </div>
    <${TurnKeys} deck=${live} turner=${turner}>
      <button
        class="btn bare only" type="button" aria-pressed=${keys.value} onClick=${() => useKeys(!keys.value)}
        aria-label=${t("Turn by keys")}
        title=${t("Arrow keys, page keys and a presenter's remote turn the slides.")}
      >
        <${Icon} name="keyboard" />
      </button>
    </${TurnKeys}>
  </section>`;
}
