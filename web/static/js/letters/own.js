/** One's own letters to companies, and what they answered. */

import { clock } from "../clock.js";
import { Empty } from "../parts/empty.js";
import { Icon } from "../parts/icon.js";
import { machineTime, timeOfDay } from "../times.js";
import { html, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { send, useTold } from "./mail.js";
import { standing } from "./words.js";

/** @param {{ house: import("../house.js").House }} given */
export function OwnLetters({ house }) {
  const [told, read] = useTold(house, "/letters.json");
  const letters = /** @type {import("./mail.js").OwnLetter[] | null} */ (told);
  if (!letters) return null;
  if (!letters.length) {
    return html`<${Empty} title=${t("No letters yet")} text=${t("At every booth there is a letterbox, also when nobody is there.")} />`;
  }
  return html`<ul class="mail" role="list">
    ${letters.map((letter) => html`<${OwnLetter} key=${letter.id} letter=${letter} onDone=${read} />`)}
  </ul>`;
}

/** @param {{ letter: import("./mail.js").OwnLetter, onDone: () => Promise<void> }} given */
function OwnLetter({ letter, onDone }) {
  const [sure, ask] = useState(false);
  const erase = async () => (await send(`/letters/${letter.id}/recall`)) && onDone();
  return html`<li id=${letter.id}>
    <header>
      <h3><a href=${`/booths/${letter.booth}`}>${letter.organisation}</a></h3>
      <time class="soft" datetime=${machineTime(letter.at)}>${timeOfDay(letter.at)}</time>
    </header>
    <p class="words">${letter.text}</p>
    <p class="soft standing" role="status">${standing(letter, clock.now())}</p>
    ${letter.answer && html`<blockquote class="words reply">${letter.answer}</blockquote>`}
    <p class="acts">
      ${sure
        ? html`<span>${t("Erase it for both of you?")}</span>
            <button class="btn" type="button" onClick=${erase}>${t("Yes, erase")}</button>
            <button class="btn" type="button" onClick=${() => ask(false)}>${t("Keep")}</button>`
        : html`<button class="btn" type="button" onClick=${() => ask(true)}><${Icon} name="trash-2" />${t("Erase this letter")}<span class="sr">: ${letter.organisation}</span></button>`}
    </p>
  </li>`;
}
