/** One's own CV card beside the board: what stands on it, where it is pinned, who may see it. */

import { clock } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { Face } from "../parts/person.js";
import { html, useEffect, useState } from "../../vendor/preact.js";
import { fill, t } from "../words.js";
import { Switches } from "./who.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {{ degree: string, field: string, seeks: string }} Written */

/** @param {{ house: House }} given */
export function MyCard({ house }) {
  const shown = house.fair().shown.value;
  const me = house.me.value;
  const card = shown?.cvs.mine ?? null;
  const [written, setWritten] = useState(/** @type {Written | null} */ (null));
  useEffect(() => void load(setWritten), [card?.revision]);
  if (!shown || me?.role !== "talent") return null;
  return html`<section class="panel" aria-labelledby="my-h">
      <header>
        <h2 id="my-h">${t("Your CV card")}</h2>
        <a class="more" href="/me/cv">${card ? t("Edit") : t("Write it")}</a>
      </header>
      ${card ? html`<${Summary} house=${house} written=${written} />` : html`<p class="soft">${t("With a card companies find you here. Without your yes nobody learns your name.")}</p>`}
    </section>
    ${
      card &&
      html`<section class="panel consent" aria-labelledby="co-h">
        <h2 id="co-h">${t("Who may see it")}</h2>
        <p class="soft"><small>${t("You decide for each company. What you switch off vanishes there at once.")}</small></p>
        <${Switches} house=${house} latest=${card.expires} />
      </section>`
    }`;
}

/** @param {{ house: House, written: Written | null }} given */
function Summary({ house, written }) {
  const shown = house.fair().shown.value;
  const me = house.me.value;
  if (!shown || !me) return null;
  const now = clock.now();
  const held = Object.values(shown.pins.mine).filter(
    (pin) => pin.state !== "withdrawn" && pin.until > now,
  );
  const named = new Map(shown.booths.map(({ id, organisation }) => [id, organisation]));
  const companies = [...new Set(held.map(({ booth }) => named.get(booth) ?? booth))];
  const words = [written?.degree, written?.field].filter(Boolean).join(", ");
  return html`<div class="person">
      <${Face} id=${me.id} />
      <span><span class="name">${me.name}</span><br /><span class="role">${words}</span></span>
    </div>
    ${written?.seeks && html`<p class="seeks">${written.seeks}</p>`}
    ${
      companies.length > 0 &&
      html`<p class="pinned">
        <${Icon} name="pin" /><span>${fill(t("Pinned at {companies}"), { companies: listedStrong(companies) })}</span>
      </p>`
    }`;
}

/** @param {string[]} names */
const listedStrong = (names) =>
  names.map((name, place) => html`${place ? ", " : ""}<strong>${name}</strong>`);

/** @param {(written: Written) => void} set */
async function load(set) {
  const answer = await fetch("/me/cv.json", { headers: { Accept: "application/json" } });
  if (answer.ok) set(await answer.json());
}
