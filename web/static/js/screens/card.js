/** A CV card as others see it: what is withdrawn vanishes at once, wherever it still is open. */

import { Ask } from "../bookings/ask.js";
import { enliven } from "../booths/islands.js";
import { clock } from "../clock.js";
import { Answers } from "../cvs/answers.js";
import { enter } from "../house.js";
import { openTo } from "../state/cvs.js";
import { effect, html, render } from "../../vendor/preact.js";
import { t } from "../words.js";

const LOST = 5; // seconds without a line after which a card is not shown on without being asked

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const card = main.dataset.card ?? "";
const opened = "opened" in main.dataset;

// A page that a browser kept for going back is asked for again before anybody reads it.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  main.hidden = true;
  location.reload();
});
addEventListener("pagehide", () => {
  if (opened) main.hidden = true;
});

const { house } = await enter();
const fair = house.fair();

enliven(house, {
  ask: ({ person = "" }) => html`<${Ask} house=${house} to=${person} />`,
  application: ({ pin: id = "" }) => {
    const pin = fair.shown.value?.pins.inbox[id];
    return pin && pin.state !== "withdrawn" && html`<${Answers} house=${house} pin=${pin} />`;
  },
});

let gone = false;
/** Whether this reader still may see what stands on the page. */
const held = () => {
  const shown = fair.shown.value;
  if (!shown || !card) return true;
  if (!(card in shown.cvs.hanging)) return false;
  return !opened || openTo(shown, card, clock.now()).length > 0;
};

effect(() => {
  if (!held()) takeAway();
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let patience;
effect(() => {
  const line = house.line.value;
  clearTimeout(patience);
  if (!opened || gone) return;
  if (line === "open") main.hidden = false;
  else patience = setTimeout(() => (main.hidden = true), LOST * 1000);
});

/** Nothing of the card is left on the page, its title included. */
function takeAway() {
  if (gone) return;
  gone = true;
  document.title = "Foyer";
  const place = document.createElement("section");
  render(
    html`<div class="empty-state" role="status">
      <p>${t("This card is no longer shown")}</p>
      <p>${t("Its owner took it back, or its time is over.")}</p>
      <p><a class="btn" href="/board">${t("To the board")}</a></p>
    </div>`,
    place,
  );
  main.replaceChildren(place);
  main.hidden = false;
}

setInterval(() => !held() && takeAway(), 1000); // a grant ends in its time without a word
