/** Choosing a time: what is free for both, fetched when it is asked for. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { clock } from "../clock.js";
import { Dialog } from "../parts/dialog.js";
import { day, machineTime, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {{ to?: string, organisation?: string, booking?: string, seconds?: number }} Wanted */

/**
 * The times at which the reader and the other side are free; null while they are fetched.
 * @param {Wanted} wanted
 * @returns {{ slots: number[] | null, failed: boolean, again: () => void }}
 */
export function useFree(wanted) {
  const [slots, setSlots] = useState(/** @type {number[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const query = String(new URLSearchParams(Object.entries(wanted).map(([k, v]) => [k, String(v)])));
  useEffect(() => {
    let left = false;
    setSlots(null);
    setFailed(false);
    fetchFree(query).then(
      (found) => left || setSlots(found),
      () => left || setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [query, tries]);
  return { slots, failed, again: () => setTries((count) => count + 1) };
}

/** @param {string} query @returns {Promise<number[]>} */
async function fetchFree(query) {
  const answer = await fetch(`/bookings/slots?${query}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).slots;
}

/**
 * A time in words, with its day if that is not today.
 * @param {number} at Unix seconds
 */
export const when = (at) =>
  day(at) === day(clock.now()) ? timeOfDay(at) : `${day(at)}, ${timeOfDay(at)}`;

/**
 * The free times as boxes to tick, at most `most` of them.
 * @param {object} given
 * @param {Wanted} given.wanted
 * @param {number} given.most
 * @param {number[]} given.chosen
 * @param {(slots: number[]) => void} given.onChoose
 */
export function FreeTimes({ wanted, most, chosen, onChoose }) {
  const { slots, failed, again } = useFree(wanted);
  if (failed) {
    return html`<p role="alert">${t("The free times did not arrive.")}
      <button class="btn" type="button" onClick=${again}>${t("Try again")}</button></p>`;
  }
  if (slots === null) return html`<p class="soft" role="status">${t("Looking for times …")}</p>`;
  if (slots.length === 0) {
    return html`<p role="status">${t("No time is free for both of you at the moment.")}</p>`;
  }
  /** @param {number} slot */
  const toggle = (slot) => {
    if (chosen.includes(slot)) return onChoose(chosen.filter((each) => each !== slot));
    onChoose([...chosen, slot].slice(-most).sort((a, b) => a - b));
  };
  return byDay(slots).map(
    ([name, times]) => html`<fieldset class="free-times" key=${name}>
      <legend>${name}</legend>
      <div>
        ${times.map(
          (slot) => html`<label key=${slot}
            ><input
              type=${most === 1 ? "radio" : "checkbox"}
              name="slot"
              checked=${chosen.includes(slot)}
              onChange=${() => toggle(slot)}
            /><time datetime=${machineTime(slot)}>${timeOfDay(slot)}</time></label
          >`,
        )}
      </div>
    </fieldset>`,
  );
}

/** @param {number[]} slots @returns {[string, number[]][]} */
function byDay(slots) {
  /** @type {Map<string, number[]>} */
  const days = new Map();
  for (const slot of slots) days.set(day(slot), [...(days.get(day(slot)) ?? []), slot]);
  return [...days];
}

/**
 * Other times for a talk, in a dialog.
 * @param {object} given
 * @param {string} given.title
 * @param {string} given.booking its id
 * @param {number} given.most how many can be chosen
 * @param {string} given.label of the button
 * @param {(slots: number[]) => Promise<unknown>} given.onChosen
 * @param {() => void} given.onClose
 */
export function OtherTimes({ title, booking, most, label, onChosen, onClose }) {
  const [chosen, choose] = useState(/** @type {number[]} */ ([]));
  const send = async () => {
    await onChosen(chosen);
    onClose();
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    ${most > 1 ? html`<p class="soft">${t("Choose one time or two.")}</p>` : null}
    <${FreeTimes} wanted=${{ booking }} most=${most} chosen=${chosen} onChoose=${choose} />
    <div class="acts">
      <button class="btn" type="button" onClick=${onClose}>${t("Leave it as it is")}</button>
      <button class="btn primary" type="button" disabled=${!chosen.length} onClick=${send}>
        ${label}
      </button>
    </div>
  </${Dialog}>`;
}
