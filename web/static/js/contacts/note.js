/** One's own note and stars on somebody; nobody else ever sees them. */

import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html, useEffect, useId, useState } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { keepNote } from "./letters.js";

/** @typedef {import("./letters.js").Note} Note */

const QUIET = 1.5; // seconds without a key before what was written is kept

/**
 * @param {{ person: import("../../wire.d.ts").Person, note: Note | null, title?: string, hint?: string, keep?: (person: string, note: Note) => Promise<unknown> }} given
 *   `keep` writes it elsewhere, for more eyes than one's own
 */
export function OwnNote({ person, note, title, hint, keep = keepNote }) {
  const id = `note-${useId()}`;
  const [kept, setKept] = useState(/** @type {Note | null} */ (null));
  const [text, write] = useState("");
  const [stars, rate] = useState(0);
  const known = kept ?? note;
  useEffect(() => {
    if (!note || kept) return; // what one has begun to write is not replaced
    write(note.text);
    rate(note.stars);
  }, [note]);
  const changed = known !== null && (text !== known.text || stars !== known.stars);
  useEffect(() => {
    if (!changed) return;
    const saving = setTimeout(async () => {
      const now = { text, stars };
      if ((await attempt(keep(person.id, now))) !== undefined) setKept(now);
    }, QUIET * 1000);
    return () => clearTimeout(saving);
  }, [text, stars, changed]);
  if (!known) return null;
  return html`<details class="own-note" open=${Boolean(known.text || known.stars)}>
    <summary>${title ?? t("My note")}</summary>
    <${Stars} stars=${stars} onRate=${rate} />
    <div class="field">
      <label for=${id}>${hint ?? t("For your eyes only")}</label>
      <textarea
        id=${id} rows="3" maxlength="2000" value=${text}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
      ></textarea>
    </div>
    <p class="saved" role="status">${changed ? "" : known.text || known.stars ? t("Kept.") : ""}</p>
  </details>`;
}

/** @param {{ stars: number, onRate: (stars: number) => void }} given */
function Stars({ stars, onRate }) {
  const name = `stars-${useId()}`;
  return html`<fieldset class="stars">
    <legend>${t("Stars")}</legend>
    ${[0, 1, 2, 3, 4, 5].map(
      (count) => html`<label key=${count}>
        <input
          type="radio" name=${name} value=${count} checked=${stars === count}
          onChange=${() => onRate(count)}
        />
        <span class="sr">${n("{n} star", "{n} stars", count)}</span>
        ${count ? html`<${Icon} name="star" />` : html`<span aria-hidden="true">${t("none")}</span>`}
      </label>`,
    )}
  </fieldset>`;
}
