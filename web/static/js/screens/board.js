/** The board comes to life: new pins appear, filters follow the keys, bookmarks stay. */

import { keepFaces } from "../board/faces.js";
import { hanging, narrowed } from "../board/hanging.js";
import { CvPin, JobPin } from "../board/pins.js";
import { addressOf, wantedOf } from "../board/wanted.js";
import { enliven } from "../booths/islands.js";
import { MyCard } from "../cvs/my-card.js";
import { enter } from "../house.js";
import { announce } from "../parts/announce.js";
import { Empty } from "../parts/empty.js";
import { effect, html, signal } from "../../vendor/preact.js";
import { n, t } from "../words.js";

const { house, config } = await enter();
const fair = house.fair();
const faces = keepFaces(fair, config.faces ?? []);
const form = /** @type {HTMLFormElement} */ (document.querySelector("form.filter"));
const kinds = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll(".kinds button")]);
const wanted = signal(asked());

/** @param {DOMStringMap} given */
function Wall({ mayPin = "", desk = "", booth = "" }) {
  const shown = fair.shown.value;
  if (!shown) return null;
  const reader = { mayPin: mayPin === "yes", desk: desk === "yes", booth };
  const all = hanging(shown, faces.value);
  const found = narrowed(all, wanted.value);
  if (!found.length) return html`<${Nothing} any=${all.length > 0} />`;
  return html`<ul class="wallgrid" role="list">
    ${found.map(({ id, offer, face }) =>
      offer
        ? html`<${JobPin} key=${id} house=${house} offer=${offer} reader=${reader} />`
        : face && html`<${CvPin} key=${id} house=${house} face=${face} reader=${reader} />`,
    )}
  </ul>`;
}

/** @param {{ any: boolean }} given */
const Nothing = ({ any }) => html`<${Empty}
  title=${any ? t("Nothing like that hangs here.") : t("Here offers and CV cards will hang side by side.")}
>
  <a class="btn" href="/board">${t("Show everything")}</a>
</${Empty}>`;

function asked() {
  const pressed = kinds.find((button) => button.getAttribute("aria-pressed") === "true");
  return wantedOf(new FormData(form), pressed?.value ?? "");
}

function narrow() {
  wanted.value = asked();
  history.replaceState(null, "", addressOf(wanted.value));
}

form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  narrow();
});
for (const button of kinds) {
  button.addEventListener("click", () => {
    for (const each of kinds) each.setAttribute("aria-pressed", String(each === button));
    narrow();
  });
}

// New topics and places can be chosen as soon as something with them hangs.
effect(() => {
  if (!fair.shown.value) return;
  const all = hanging(fair.shown.value, faces.value);
  offer("topic", all.flatMap(({ topics }) => topics));
  offer("place", all.flatMap(({ offer: each }) => each?.job.place || []));
});

/**
 * @param {string} name of a choice
 * @param {string[]} values that may be new to it
 */
function offer(name, values) {
  const choice = /** @type {HTMLSelectElement | null} */ (form.querySelector(`select[name=${name}]`));
  if (!choice) return;
  const known = new Set([...choice.options].map(({ value }) => value.toLowerCase()));
  for (const value of values) {
    if (known.has(value.toLowerCase())) continue;
    known.add(value.toLowerCase());
    choice.add(new Option(value, value));
  }
}

// How much hangs is kept up to date, and what is new is said once.
let before = -1;
effect(() => {
  const shown = fair.shown.value;
  if (!shown) return;
  const [jobs, cards] = [Object.keys(shown.jobs.jobs).length, Object.keys(shown.cvs.hanging).length];
  const line = document.querySelector("[data-live='count']");
  if (before >= 0 && line) line.textContent = t("{jobs} and {cards}.", { jobs: n("{n} job", "{n} jobs", jobs), cards: n("{n} CV card", "{n} CV cards", cards) });
  if (before >= 0 && jobs + cards > before) announce(t("Something new hangs on the board."));
  before = jobs + cards;
});

const waiting = effect(() => {
  if (!fair.shown.value) return;
  queueMicrotask(() => {
    waiting();
    enliven(house, {
      pins: (given) => html`<${Wall} ...${given} />`,
      "my-card": () => html`<${MyCard} house=${house} />`,
    });
  });
});
