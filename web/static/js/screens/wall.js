/** The living wall: what hangs, large and calm, page by page; a new pin comes at once, with a knock. */

import { keepFaces } from "../board/faces.js";
import { hanging, narrowed } from "../board/hanging.js";
import { news, onPage, pagesOf } from "../board/pages.js";
import { CvPin, JobPin } from "../board/pins.js";
import { beat } from "../clock.js";
import { enter } from "../house.js";
import { knock } from "../media/knock.js";
import { announce } from "../parts/announce.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { machineTime, timeOfDay } from "../times.js";
import { effect, html, signal, useEffect, useRef } from "../../vendor/preact.js";
import { n, t } from "../words.js";

const TURN = 20_000; // milliseconds a page stays
const FRESH = 15_000; // milliseconds a new pin is marked
const PAGE = 8; // cards that are read from the back of a hall, as in server/board.py
const WIDE = "(width >= 60rem)"; // narrower ones are scrolled, as in css/layouts/board.css

const wide = () => matchMedia(WIDE).matches;

const { house, config } = await enter();
const fair = house.fair();
const faces = keepFaces(fair, config.faces ?? []);
// The way to the board stays as the server drew it: a QR code is not drawn twice.
const join = document.querySelector('[data-live="join"]');

const page = signal(0);
const still = signal(!wide());
const fresh = signal(/** @type {Set<string>} */ (new Set()));
const silent = signal(false);

const all = () => {
  const shown = fair.shown.value;
  return shown ? narrowed(hanging(shown, faces.value), { topic: config.topic ?? "" }) : [];
};

function Wall() {
  const pins = all();
  const pages = wide() ? pagesOf(pins, PAGE) : 1;
  const seen = wide() ? onPage(pins, PAGE, page.value) : pins;
  return html`
    <header>
      <p class="word"><${Mark} /><span>${config.gathering}</span></p>
      <h1>${config.topic ? t("Board: {topic}", { topic: config.topic }) : t("Board")}</h1>
      <p class="soft">${counted(pins)}</p>
      <${Turning} pages=${pages} />
      <time class="wall" datetime=${machineTime(Math.floor(beat.value / 60) * 60)}>${timeOfDay(beat.value)}</time>
    </header>
    <section class="wallsec" aria-label=${t("Pinned")}>
      ${
        pins.length
          ? html`<ul class="wallgrid" role="list">
              ${seen.map(({ id, offer, face }) =>
                offer
                  ? html`<${JobPin} key=${id} house=${house} offer=${offer} reader=${null} fresh=${fresh.value.has(id)} />`
                  : face && html`<${CvPin} key=${id} house=${house} face=${face} reader=${null} fresh=${fresh.value.has(id)} />`,
              )}
            </ul>`
          : html`<p class="nothing">${t("Here offers and CV cards will hang side by side.")}</p>`
      }
    </section>
    <${Join} />
    ${silent.value ? html`<p class="silent" role="status"><${Icon} name="volume-x" />${t("Any key turns the sound on.")}</p>` : null}
  `;
}

/** @param {import("../board/wanted.js").Pinned[]} pins */
function counted(pins) {
  const jobs = pins.filter(({ offer }) => offer).length;
  return t("{jobs} and {cards}.", {
    jobs: n("{n} job", "{n} jobs", jobs),
    cards: n("{n} CV card", "{n} CV cards", pins.length - jobs),
  });
}

/** @param {{ pages: number }} given */
function Turning({ pages }) {
  if (pages < 2) return null;
  const at = ((page.value % pages) + pages) % pages;
  return html`<p class="turning">
    <button class="btn only bare" type="button" onClick=${() => turn(-1)}><${Icon} name="arrow-left" /><span class="sr">${t("Previous page")}</span></button>
    <span class="num">${at + 1} / ${pages}</span>
    <button class="btn only bare" type="button" onClick=${() => turn(1)}><${Icon} name="arrow-right" /><span class="sr">${t("Next page")}</span></button>
    <button class="btn only bare" type="button" aria-pressed=${String(still.value)} onClick=${() => (still.value = !still.value)}>
      <${Icon} name="pause" /><span class="sr">${t("Stay on this page")}</span>
    </button>
  </p>`;
}

/** @param {number} by */
function turn(by) {
  page.value += by;
  restart();
}

const Mark = () => html`
  <svg class="mark" viewBox="0 0 32 24" aria-hidden="true">
    <path d="M2 22a14 14 0 0 1 28 0M8 22a8 8 0 0 1 16 0" /><circle cx="16" cy="21" r="2.2" />
  </svg>
`;

function Join() {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (join) place.current?.replaceChildren(join);
  }, []);
  return html`<div class="asis" ref=${place}></div>`;
}

// Pages turn by themselves, unless somebody holds one or has torn open a strip.
let timer = setInterval(on, TURN);
function restart() {
  clearInterval(timer);
  timer = setInterval(on, TURN);
}
function on() {
  const busy = document.querySelector("details[open], .wallsec :focus-visible");
  if (!still.value && !busy) page.value += 1;
}
addEventListener("keydown", ({ key, target }) => {
  if (/** @type {HTMLElement} */ (target).closest?.("a, button, summary") && key === " ") return;
  if (key === "ArrowRight") turn(1);
  if (key === "ArrowLeft") turn(-1);
});

// Whatever is new comes onto the first page, is marked for a while, and is heard.
let before = /** @type {Set<string> | null} */ (null);
effect(() => {
  if (!fair.shown.value) return;
  const ids = all().map(({ id }) => id);
  const pinned = news(before, ids);
  before = new Set(ids);
  if (!pinned.length) return;
  queueMicrotask(() => {
    page.value = 0;
    restart();
    mark(pinned);
    announce(t("Something new hangs on the board."));
    void knock().then((heard) => (silent.value = !heard));
  });
});

/** @param {string[]} pinned */
function mark(pinned) {
  fresh.value = new Set([...fresh.value, ...pinned]);
  setTimeout(() => {
    fresh.value = new Set([...fresh.value].filter((id) => !pinned.includes(id)));
  }, FRESH);
}

for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, () => (silent.value = false));
}
mount({ house, ready: () => fair.shown.value !== null, room: Wall });
