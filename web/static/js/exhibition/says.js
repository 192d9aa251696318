/** The words people say to a work: each once, and all see how many did. */

import { html } from "../../vendor/preact.js";
import { FAIR } from "../house.js";
import { attempt } from "../parts/toast.js";
import { WORDS } from "../state/gallery.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */

/** @param {{ house: House, work: string }} given */
export function Says({ house, work }) {
  const gallery = house.fair().shown.value?.gallery;
  if (!gallery) return null;
  const labels = { bravo: t("Bravo"), aha: t("I see"), thanks: t("Thanks") };
  const mine = gallery.mine[work] ?? [];
  return html`<div class="says-it" role="group" aria-label=${t("Say a word to this work")}>
    ${WORDS.map((word) => {
      const on = mine.includes(word);
      const say = () =>
        attempt(house.do(FAIR, { type: "gallery.react", work, word, on: !on }));
      return html`<button key=${word} class="btn" type="button" aria-pressed=${on} onClick=${say}>
        ${labels[word]}${" "}<span class="num">${gallery.words[work]?.[word] ?? 0}</span>
      </button>`;
    })}
  </div>`;
}
