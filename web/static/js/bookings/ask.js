/** Asking a person or an organisation for a talk: a button, and the dialog behind it. */

import { html, useState } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { attempt, tell } from "../parts/toast.js";
import { colleagues, sidesFit } from "../state/bookings.js";
import { t } from "../words.js";
import { FreeTimes } from "./times.js";

/** @typedef {import("../house.js").House} House */

const SHORT = 600; // seconds
const LONG = 900;

/**
 * The button; nothing for oneself, and nothing where the gathering does not foresee it.
 * @param {{ house: House, to?: string, organisation?: string, label?: string }} given
 */
export function Ask({ house, to, organisation, label }) {
  const [open, setOpen] = useState(false);
  const side = sideOf(house, to, organisation);
  if (!side) return null;
  return html`<button class="btn" type="button" onClick=${() => setOpen(true)}>
      <${Icon} name="calendar-plus" />${label ?? t("Ask for a talk")}<span class="sr"> ${side}</span>
    </button>
    ${
      open
        ? html`<${AskDialog}
          house=${house} to=${to} organisation=${organisation} name=${side}
          onClose=${() => setOpen(false)}
        />`
        : null
    }`;
}

/**
 * The name of who is asked; null if the reader cannot ask them.
 * @param {House} house
 * @param {string} [to]
 * @param {string} [organisation]
 */
function sideOf(house, to, organisation) {
  const me = house.me.value;
  const rule = house.lounge().shown.value?.rules.between;
  if (!me || !rule) return null;
  if (to === undefined) {
    const reps = colleagues(house.foyer().shown.value?.people ?? {}, organisation ?? "");
    const outside = me.role !== "rep" || me.organisation !== organisation;
    return reps.length && outside && sidesFit(rule, me.role, "rep") ? (organisation ?? null) : null;
  }
  const person = house.person(to);
  if (!person || person.id === me.id || !sidesFit(rule, me.role, person.role)) return null;
  return person.name;
}

/**
 * @param {object} given
 * @param {House} given.house
 * @param {string} [given.to]
 * @param {string} [given.organisation]
 * @param {string} given.name whom one asks
 * @param {() => void} given.onClose
 */
export function AskDialog({ house, to, organisation, name, onClose }) {
  const [seconds, setSeconds] = useState(SHORT);
  const [chosen, choose] = useState(/** @type {number[]} */ ([]));
  const [word, setWord] = useState("");
  const wanted = to === undefined ? { organisation, seconds } : { to, seconds };
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    const command = { type: "booking.ask", ...wanted, slots: chosen, word };
    if ((await attempt(house.do(LOUNGE, command))) === undefined) return;
    tell(t("Your request is on its way to {name}.", { name }), { tone: "done" });
    onClose();
  };
  /** @param {number} length */
  const lasting = (length) => {
    setSeconds(length);
    choose([]);
  };
  return html`<${Dialog} title=${t("When would you like to talk with {name}?", { name })} onClose=${onClose}>
    <form class="ask" onSubmit=${send}>
      <p class="soft">
        ${t("Choose one time or two; they are kept free for you until there is an answer.")}
        ${" "}${t("A request lapses after 12 hours, or 15 minutes before its time.")}
        ${" "}${t("Five requests can wait at a time.")}
      </p>
      <fieldset class="free-times">
        <legend>${t("How long?")}</legend>
        <div>
          ${[SHORT, LONG].map(
            (length) => html`<label key=${length}
              ><input
                type="radio"
                name="seconds"
                checked=${seconds === length}
                onChange=${() => lasting(length)}
              />${t("{n} min", { n: length / 60 })}</label
            >`,
          )}
        </div>
      </fieldset>
      <${FreeTimes} wanted=${wanted} most=${2} chosen=${chosen} onChoose=${choose} />
      <div class="field">
        <label for="ask-word">${t("A few words with it (if you like)")}</label>
        <textarea
          id="ask-word"
          rows="2"
          maxlength="300"
          value=${word}
          onInput=${(/** @type {any} */ event) => setWord(event.target.value)}
        ></textarea>
      </div>
      <div class="acts">
        <button class="btn" type="button" onClick=${onClose}>${t("Not now")}</button>
        <button class="btn primary" disabled=${!chosen.length}>
          <${Icon} name="send" />${t("Send the request")}
        </button>
      </div>
    </form>
  </${Dialog}>`;
}
