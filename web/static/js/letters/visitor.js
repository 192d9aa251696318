/** What a company's people note on a visitor: for all of them together, and for nobody else. */

import { OwnNote } from "../contacts/note.js";
import { posted } from "../contacts/letters.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { useTold } from "./mail.js";

/** @typedef {import("./mail.js").Note} Note */

/**
 * @param {{ house: import("../house.js").House, booth: string, person: string, quiet?: boolean }} given
 *   two ids; and whether nothing is said while nothing may be noted
 */
export function VisitorNote({ house, booth, person, quiet = false }) {
  const found = house.person(person);
  // With whom one has sat decides whether one may note anything.
  const met = house.lounge().shown.value?.acquaintance.met.includes(person);
  const [told] = useTold(house, `/booths/${booth}/visitors/${person}.json`, `${met}`);
  const known = /** @type {{ may: boolean, note: Note } | null} */ (told);
  if (!found || !known) return null;
  if (!known.may && quiet) return null;
  if (!known.may) {
    return html`<p class="soft"><small>${t("As soon as {name} has talked with you, written or left a card, you can note something.", { name: found.name })}</small></p>`;
  }
  return html`<${OwnNote}
    key=${person} person=${found} note=${known.note}
    title=${t("Our note on {name}", { name: found.name })} hint=${t("Only your company reads it.")}
    keep=${(/** @type {string} */ id, /** @type {Note} */ { text, stars }) =>
      posted(`/booths/${booth}/visitors/${id}/note`, { text, stars: `${stars}` })}
  />`;
}
