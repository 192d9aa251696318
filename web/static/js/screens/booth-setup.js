/** Setting a booth up: the page reads and works without life; with it everything keeps itself. */

import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { bringTo } from "../stands/bringing.js";
import { Keeping, recall, remember } from "../stands/keeping.js";

const { house, config } = await enter();
house.foyer();
mount({ house, ready: () => false, room: () => null });

const forms = /** @type {NodeListOf<HTMLFormElement>} */ (
  document.querySelectorAll("form[data-live='autosave']")
);
const keepings = [...forms].map((form) => new Keeping(form));
const flush = () => Promise.all(keepings.map((each) => each.flush()));
recall();

for (const form of document.querySelectorAll("main form:not([data-live='autosave'])")) {
  form.addEventListener("submit", (event) => void leaveBy(event));
}
for (const place of document.querySelectorAll("[data-live='upload']")) {
  const element = /** @type {HTMLElement} */ (place);
  bringTo(element, () => again(element.dataset.part ?? ""));
}
for (const link of document.querySelectorAll("[data-live='copied']")) {
  const field = /** @type {HTMLInputElement} */ (link);
  field.addEventListener("focus", () => field.select());
}

/**
 * A form that shows the page anew: first what is being written elsewhere is brought to safety.
 * @param {Event} event
 */
async function leaveBy(event) {
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const button = /** @type {SubmitEvent} */ (event).submitter;
  event.preventDefault();
  await flush();
  remember(form);
  if (button instanceof HTMLButtonElement && button.name) {
    const carried = document.createElement("input");
    Object.assign(carried, { type: "hidden", name: button.name, value: button.value });
    form.append(carried);
  }
  form.submit();
}

/**
 * Show the page anew, at this part.
 * @param {string} part
 */
async function again(part) {
  await flush();
  remember();
  history.replaceState(null, "", `/booths/${config.booth?.id}/setup?kept=${part}#${part}`);
  location.reload();
}
