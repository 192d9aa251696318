/** Staying in touch after a talk, or during it: both say yes, and each chooses what to show. */

import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { listed } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { html, useEffect, useId, useState } from "../../vendor/preact.js";
import { spoken, t } from "../words.js";
import { keepCard, load } from "./letters.js";
import { OwnNote } from "./note.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("./letters.js").Field} Field */
/** @typedef {import("./letters.js").Swap} Letters */
/** @typedef {import("../../wire.d.ts").Person} Person */

/** @type {Field[]} */
const FIELDS = ["mail", "card", "phone"];

/**
 * What the panel beside a talk holds, with its own heading. In a talk of three, one for each.
 * @param {{ house: House, partner: string }} given the partner's id
 */
export function Swap({ house, partner }) {
  const shown = house.lounge().shown.value;
  const person = house.person(partner);
  const me = house.me.value;
  const [letters, setLetters] = useState(/** @type {Letters | null} */ (null));
  const mine = shown?.contacts.mine[partner];
  const theirs = shown?.contacts.theirs[partner];
  // What one may see changes with what both agree to, so it is asked for again.
  const agreed = mine && theirs ? `${theirs.at}` : "";
  const read = async () => {
    const found = await attempt(load(partner));
    if (found) setLetters(found);
  };
  useEffect(() => void read(), [partner, agreed]);
  if (!shown || !person || !me || shown.safety.blocked.includes(partner)) return null;
  const known = Boolean(mine || theirs) || shown.acquaintance.met.includes(partner);
  return html`<section class="panel swap" aria-label=${t("Stay in touch with {name}", { name: person.name })}>
    <h2>${t("Stay in touch")}</h2>
    <p class="soft"><small>${t("{name} gets only what you switch on here. You can take it back at any time.", { name: person.name })}</small></p>
    ${
      known
        ? html`<${Switches} house=${house} me=${me} person=${person} mine=${mine} letters=${letters} onKept=${read} />`
        : html`<p class="soft">${t("As soon as {name} is here, you can swap contacts.", { name: person.name })}</p>`
    }
    <${Theirs} person=${person} agreed=${Boolean(mine)} theirs=${theirs} letters=${letters} />
    <${OwnNote} person=${person} note=${letters?.note ?? null} />
  </section>`;
}

/**
 * One's own side: whether to swap at all, then each field.
 * @param {{ house: House, me: Person, person: Person, mine: import("../../wire.d.ts").Given | undefined, letters: Letters | null, onKept: () => Promise<void> }} given
 */
function Switches({ house, me, person, mine, letters, onKept }) {
  const fields = mine?.fields ?? [];
  const offer = (/** @type {Field[]} */ chosen) =>
    attempt(
      house.do(LOUNGE, { type: "contacts.offer", person: person.id, fields: chosen }),
    );
  const swap = (/** @type {boolean} */ on) =>
    on
      ? offer([])
      : attempt(house.do(LOUNGE, { type: "contacts.withdraw", person: person.id }));
  return html`<div class="switches">
    <${Switch}
      label=${t("Swap contacts")} on=${Boolean(mine)} onSwitch=${swap}
      hint=${swapHint(house, person)}
    />
    ${mine && FIELDS.map(
      (field) => html`<${FieldSwitch}
        key=${field} field=${field} me=${me} written=${letters?.mine[field] ?? ""}
        suggested=${field === "mail" ? (letters?.suggested ?? "") : ""}
        on=${fields.includes(field)} onKept=${onKept}
        onSwitch=${(/** @type {boolean} */ on) =>
          offer(on ? [...fields, field] : fields.filter((each) => each !== field))}
      />`,
    )}
  </div>`;
}

/**
 * What swapping means; a company with a booth keeps its contacts together.
 * @param {House} house
 * @param {Person} person
 */
function swapHint(house, { role, organisation }) {
  const booths = house.lounge().shown.value?.exhibitors ?? [];
  return role === "rep" && booths.some((booth) => booth.organisation === organisation)
    ? t("With your name and organisation, once both of you agree. {organisation} sees it as a company.", { organisation })
    : t("With your name and organisation, once both of you agree.");
}

/**
 * One field; who has not written it down yet does so here, before it is switched on.
 * @param {{ field: Field, me: Person, written: string, suggested: string, on: boolean, onSwitch: (on: boolean) => Promise<unknown>, onKept: () => Promise<void> }} given
 */
function FieldSwitch({ field, me, written, suggested, on, onSwitch, onKept }) {
  const [filling, fill] = useState(false);
  const label = fieldWord(field, me.role);
  const begin = async (/** @type {boolean} */ wanted) => {
    if (wanted && !written) fill(true);
    else await onSwitch(wanted);
  };
  const keep = async (/** @type {string} */ value) => {
    if ((await attempt(keepCard({ [field]: value }))) === undefined) return;
    await onKept();
    fill(false);
    await onSwitch(true);
  };
  const hint = written && on ? written : written ? t("{words}, stays with you", { words: written }) : t("not on your card yet");
  return html`<${Switch} label=${label} on=${on} hint=${hint} onSwitch=${begin} />
    ${filling && html`<${Fill} field=${field} label=${label} first=${suggested} onKeep=${keep} />`}`;
}

/** @param {{ field: Field, label: string, first: string, onKeep: (value: string) => Promise<void> }} given */
function Fill({ field, label, first, onKeep }) {
  const id = `fill-${useId()}`;
  const [value, write] = useState(first);
  const kind = { mail: "email", phone: "tel", card: "text" }[field];
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (value.trim()) onKeep(value.trim());
  };
  return html`<form class="field-row fill" onSubmit=${keep}>
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id} type=${kind} value=${value} maxlength=${{ mail: 200, phone: 40, card: 500 }[field]}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
        autocomplete=${{ mail: "email", phone: "tel", card: "off" }[field]}
      />
    </div>
    <button class="btn" type="submit">${t("Keep")}</button>
  </form>`;
}

/** @param {{ label: string, hint: string, on: boolean, onSwitch: (on: boolean) => Promise<unknown> }} given */
function Switch({ label, hint, on, onSwitch }) {
  const id = `switch-${useId()}`;
  const change = async (/** @type {any} */ event) => {
    const box = event.currentTarget;
    const wanted = box.checked;
    box.checked = on; // it moves once the house has it
    await onSwitch(wanted);
  };
  return html`<label class="switch" for=${id}>
    <span class="label">${label}</span>
    <input
      type="checkbox" role="switch" id=${id} aria-describedby=${`${id}-h`}
      checked=${on} onChange=${change}
    />
    <span class="hint" id=${`${id}-h`}>${hint}</span>
  </label>`;
}

/**
 * The other side: nothing yet, a wish, or what is shown.
 * @param {{ person: Person, agreed: boolean, theirs: import("../../wire.d.ts").Given | undefined, letters: Letters | null }} given
 */
function Theirs({ person, agreed, theirs, letters }) {
  const { name } = person;
  return html`<div role="status">
    ${theirs
      ? html`<p class="got">
          <${Icon} name="id-card" />
          <span>${sharing(person, theirs.fields, agreed)}</span>
        </p>`
      : agreed && html`<p class="soft"><small>${t("As soon as {name} agrees as well, both of you have each other's contacts.", { name })}</small></p>`}
    ${agreed && theirs && letters?.theirs && html`<${Card} person=${person} card=${letters.theirs} />`}
  </div>`;
}

/** @param {{ person: Person, card: import("./letters.js").Card }} given */
const Card = ({ person, card }) => html`
  <dl class="facts">
    ${FIELDS.filter((field) => card[field]).map(
      (field) => html`<div key=${field}>
        <dt>${fieldWord(field, person.role)}</dt>
        <dd>${field === "mail" ? html`<a href=${`mailto:${card.mail}`}>${card.mail}</a>` : card[field]}</dd>
      </div>`,
    )}
  </dl>
  <p class="acts">
    <a class="btn" href=${`/contacts/${person.id}.vcf`} download>
      <${Icon} name="download" />${t("vCard")}
    </a>
    <a class="btn bare" href=${`/contacts#${person.id}`} target="_blank">${t("My contacts")}</a>
  </p>
`;

/**
 * @param {Person} person
 * @param {string[]} fields
 * @param {boolean} agreed
 */
function sharing({ name, role }, fields, agreed) {
  const words = FIELDS.filter((field) => fields.includes(field)).map((field) =>
    fieldWord(field, role),
  );
  const what = words.length ? listed(words, spoken()) : t("name and organisation");
  return agreed
    ? t("{name} shows you: {fields}.", { name, fields: what })
    : t("{name} would like to swap and would show you: {fields}.", { name, fields: what });
}

/**
 * What a field is called, by the role of whose card it is.
 * @param {Field} field
 * @param {string} role
 */
export function fieldWord(field, role) {
  if (field === "mail") return t("E-mail address");
  if (field === "phone") return t("Phone number");
  return role === "talent" ? t("CV card") : t("Business card");
}
