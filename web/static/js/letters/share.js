/** Leaving one's card at a booth: what the company sees of it, until when, and the way back. */

import { Icon } from "../parts/icon.js";
import { day } from "../times.js";
import { html, useEffect, useId, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { fieldWord } from "../contacts/swap.js";
import { send, useTold } from "./mail.js";
import { FIELDS, shownWords } from "./words.js";

/** @typedef {import("./mail.js").Slip} Slip */
/** @typedef {import("./mail.js").Field} Field */

/** @param {{ house: import("../house.js").House, booth: string }} given the booth's id */
export function ShareCard({ house, booth }) {
  const [slip, read] = useTold(house, `/booths/${booth}/slip.json`);
  const [filling, fill] = useState(false);
  const id = `share-${useId()}`;
  const left = house.fair().shown.value?.visits.mine[booth];
  const me = house.me.value;
  const name =
    house.lounge().shown.value?.exhibitors.find((each) => each.id === booth)?.organisation ?? "";
  if (!me || !slip) return null;
  const change = async (/** @type {any} */ event) => {
    const box = event.currentTarget;
    const wanted = box.checked;
    box.checked = Boolean(left); // it moves once the house has it
    if (wanted) fill(true);
    else {
      fill(false);
      await send(`/booths/${booth}/card/take-back`);
    }
  };
  const keep = async (/** @type {Record<string, string>} */ form) => {
    if (!(await send(`/booths/${booth}/card`, form))) return;
    fill(false);
    await read();
  };
  const hint = left
    ? t("{name} sees until {day}: {fields}.", { name, day: day(left.until), fields: shownWords(left.fields, me.role) })
    : t("You choose what {name} sees and until when, and can take it back at any time.", { name });
  return html`<div class="share-card">
    <label class="switch" for=${id}>
      <span class="label">${t("Leave my card here")}</span>
      <input
        type="checkbox" role="switch" id=${id} aria-describedby=${`${id}-h`}
        checked=${Boolean(left)} onChange=${change}
      />
      <span class="hint" id=${`${id}-h`}>${hint}</span>
    </label>
    ${left && !filling && html`<p class="acts"><button class="btn" type="button" onClick=${() => fill(true)}>${t("Change what I show")}</button></p>`}
    ${filling && html`<${CardSlip} slip=${slip} role=${me.role} onKeep=${keep} onStop=${() => fill(false)} />`}
  </div>`;
}

/**
 * What goes onto the card at this booth; nothing is sent before the button.
 * @param {{ slip: Slip, role: string, onKeep: (form: Record<string, string>) => Promise<void>, onStop: () => void }} given
 */
function CardSlip({ slip, role, onKeep, onStop }) {
  const id = useId();
  const [shown, show] = useState(/** @type {Field[]} */ (slip.card?.fields ?? []));
  const [values, write] = useState({ ...slip.mine, mail: slip.mine.mail || slip.suggested });
  const [until, choose] = useState(`${slip.choices.find((each) => each.chosen)?.until ?? ""}`);
  useEffect(() => document.getElementById(`${id}-mail`)?.focus(), []);
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const fields = shown.filter((field) => values[field].trim());
    const ticked = fields.map((field) => [[`show-${field}`, "1"], [field, values[field].trim()]]);
    onKeep({ until, ...Object.fromEntries(ticked.flat()) });
  };
  const tick = (/** @type {Field} */ field, /** @type {boolean} */ on) =>
    show(on ? [...shown, field] : shown.filter((each) => each !== field));
  return html`<form class="card-slip" onSubmit=${keep}>
    <p class="soft">${t("Name and organisation always belong to it.")}</p>
    ${FIELDS.map(
      (field) => html`<div class="card-line" key=${field}>
        <label class="tick" for=${`${id}-${field}`}>
          <input
            type="checkbox" id=${`${id}-${field}`} checked=${shown.includes(field)}
            onChange=${(/** @type {any} */ event) => tick(field, event.currentTarget.checked)}
          />${fieldWord(field, role)}
        </label>
        <input
          type=${{ mail: "email", phone: "tel", card: "text" }[field]} value=${values[field]}
          aria-label=${fieldWord(field, role)} maxlength=${{ mail: 200, phone: 40, card: 500 }[field]}
          required=${shown.includes(field)}
          onInput=${(/** @type {any} */ event) => write({ ...values, [field]: event.currentTarget.value })}
        />
      </div>`,
    )}
    <div class="field">
      <label for=${`${id}-until`}>${t("May be used until")}</label>
      <select id=${`${id}-until`} value=${until} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
        ${slip.choices.map((each) => html`<option key=${each.until} value=${`${each.until}`}>${day(each.until)}</option>`)}
      </select>
    </div>
    <p class="acts">
      <button class="btn primary" type="submit"><${Icon} name="id-card" />${t("Leave my card here")}</button>
      <button class="btn" type="button" onClick=${onStop}>${t("Cancel")}</button>
    </p>
  </form>`;
}
