/** Who may see one's card: a switch for each company, and one for all sponsors. */

import { clock } from "../clock.js";
import { readConfig } from "../config.js";
import { FAIR } from "../house.js";
import { attempt } from "../parts/toast.js";
import { companies, SPONSORS } from "../state/cvs.js";
import { html, useId, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { dayOf, kinds } from "./words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../state/cvs.js").Company} Company */
/** @typedef {{ what: ("contact" | "pdf")[], until: number }} Terms */

/**
 * @param {{ house: House, latest: number, terms?: Terms }} given `latest`: the last instant a card
 *   may be seen
 */
export function Switches({ house, latest, terms = { what: [], until: latest } }) {
  const shown = house.fair().shown.value;
  if (!shown?.cvs.mine) return null;
  return html`<div class="switches">
    ${companies(shown, clock.now()).map(
      (company) =>
        html`<${Switch} key=${company.to} house=${house} company=${company} terms=${terms} />`,
    )}
  </div>`;
}

/**
 * The same, with what else the switches show from now on.
 * @param {{ house: House, latest: number, day: string, pdf: boolean, contact: boolean }} given
 */
export function Who({ house, latest, day, pdf, contact }) {
  const [what, setWhat] = useState(/** @type {("contact" | "pdf")[]} */ ([]));
  const [until, setUntil] = useState(day);
  const id = useId();
  const tick = (/** @type {"contact" | "pdf"} */ kind, /** @type {string} */ label) => {
    const change = (/** @type {Event} */ event) => {
      const on = /** @type {HTMLInputElement} */ (event.target).checked;
      setWhat((before) => (on ? [...before, kind] : before.filter((each) => each !== kind)));
    };
    const can = kind === "pdf" ? pdf : contact;
    return html`<label class="tick"
      ><input type="checkbox" checked=${what.includes(kind)} disabled=${!can} onChange=${change} />${label}
    </label>`;
  };
  return html`<div class="cv-terms">
      <p class="soft">${t("Whoever you switch on from now on sees your card with your name on it, and:")}</p>
      <p class="ticks">${tick("contact", t("My e-mail and phone"))}${tick("pdf", t("My CV as a PDF"))}</p>
      <div class="field">
        <label for=${id}>${t("Until")}</label>
        <input
          id=${id} type="date" value=${until} max=${day}
          onInput=${(/** @type {any} */ { target }) => setUntil(target.value)}
        />
      </div>
    </div>
    <${Switches} house=${house} latest=${latest} terms=${{ what, until: endOf(until, day, latest) }} />`;
}

/** @param {{ house: House, company: Company, terms: Terms }} given */
function Switch({ house, company, terms }) {
  const id = useId();
  const change = (/** @type {Event} */ event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const command = box.checked
      ? { type: "cv.grant", to: company.to, what: terms.what, until: terms.until }
      : { type: "cv.withdraw", to: company.to };
    // What is refused leaves the switch as it was.
    void attempt(house.do(FAIR, command)).then((done) => {
      if (done === undefined) box.checked = company.what.length > 0;
    });
  };
  return html`<label class="switch" for=${id}>
    <span class="label">${company.to === SPONSORS ? t("All sponsors") : company.name}</span>
    <input
      type="checkbox" role="switch" id=${id} aria-describedby=${`${id}-h`}
      checked=${company.what.length > 0} onChange=${change}
    />
    <span class="hint" id=${`${id}-h`}>${hint(company)}</span>
  </label>`;
}

/** @param {Company} company */
function hint({ what, until, asks, throughAll }) {
  if (what.length && until !== null) {
    const said = { what: kinds(what), day: dayOf(until, readConfig().timeZone) };
    if (throughAll) return t("as one of all sponsors: {what}, until {day}", said);
    return t("{what}, until {day}", said);
  }
  return asks ? t("would like to see your card") : t("not shown");
}

/**
 * The end of a day as the reader means it, never later than the last instant there is.
 * @param {string} chosen "2027-03-31"
 * @param {string} day the last one
 * @param {number} latest
 */
function endOf(chosen, day, latest) {
  if (!chosen || chosen >= day) return latest;
  const end = new Date(`${chosen}T23:59:59`).getTime() / 1000;
  return Math.min(latest, Number.isNaN(end) ? latest : end);
}
