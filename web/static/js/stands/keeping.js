/** Forms that keep themselves as one writes, and lose nothing when the page is shown anew. */

import { html, render } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { timeOfDay } from "../times.js";
import { t } from "../words.js";

const PAUSE = 900; // ms after the last key
const AGAIN = 4_000; // ms until what did not arrive is sent again
const KEPT = "booth-setup"; // what was being written, over one reload

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

export class Keeping {
  #form;
  #said;
  #wrong;
  #sent;
  /** @type {Promise<boolean> | null} */
  #sending = null;
  #timer = 0;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#said = /** @type {HTMLElement} */ (form.querySelector("[data-kept]"));
    this.#wrong = found(form) ?? form.insertBefore(alert(), this.#said);
    this.#sent = this.#written();
    form.addEventListener("input", () => this.#later(PAUSE));
    form.addEventListener("change", () => void this.flush());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.flush(true);
    });
    window.addEventListener("pagehide", () => this.changed && void this.#send(true));
  }

  /** Whether something is written here that the house has not. */
  get changed() {
    return this.#written() !== this.#sent;
  }

  /**
   * Send what is not kept yet.
   * @param {boolean} [anyway] even if nothing changed: somebody pressed the button
   * @returns {Promise<boolean>} whether all is kept
   */
  async flush(anyway = false) {
    window.clearTimeout(this.#timer);
    await this.#sending;
    if (!this.changed && !anyway) return true;
    this.#sending = this.#send();
    const kept = await this.#sending;
    this.#sending = null;
    return kept;
  }

  /** @param {number} pause in ms */
  #later(pause) {
    window.clearTimeout(this.#timer);
    if (this.changed) render(null, this.#said);
    this.#timer = window.setTimeout(() => void this.flush(), pause);
  }

  async #send(leaving = false) {
    const body = this.#written();
    try {
      const answer = await fetch(this.#form.action, {
        method: "POST",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body,
        keepalive: leaving,
        redirect: "error",
      });
      if (answer.ok) return this.#kept(body);
      const { sentence } = await answer.json().catch(() => ({ sentence: "" }));
      return this.#failed(sentence || t("This could not be kept. Please reload the page."));
    } catch {
      if (!leaving) this.#later(AGAIN);
      return this.#failed(t("The line is gone. What you wrote is kept as soon as it is back."));
    }
  }

  /** @param {string} body */
  #kept(body) {
    this.#sent = body;
    this.#wrong.textContent = "";
    const time = timeOfDay(Date.now() / 1000);
    render(
      html`<${Icon} name="circle-check" /><span>${t("Kept at {time}.", { time })}</span>`,
      this.#said,
    );
    return true;
  }

  /** @param {string} sentence */
  #failed(sentence) {
    render(null, this.#said);
    this.#wrong.textContent = sentence;
    return false;
  }

  #written() {
    const fields = /** @type {any} */ (new FormData(this.#form));
    return new URLSearchParams(fields).toString();
  }
}

/**
 * Remember what stands in fields but is not kept, for the page as it is shown next.
 * @param {HTMLFormElement} [sent] but for this form: what it holds, the house has
 */
export function remember(sent) {
  const open = fields()
    .filter((field) => field.form !== sent && field.value !== initial(field))
    .map((field) => [field.id, field.value]);
  sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, open]));
}

/** Put back what was remembered. */
export function recall() {
  const [path, open] = JSON.parse(sessionStorage.getItem(KEPT) ?? '["", []]');
  sessionStorage.removeItem(KEPT);
  if (!location.pathname.startsWith(path)) return;
  for (const [id, value] of open) {
    const field = fields().find((each) => each.id === id);
    if (!field || field.value !== initial(field)) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @returns {Field[]} */
const fields = () =>
  [...document.querySelectorAll("main :is(input, textarea, select)[id]")].flatMap((each) => {
    const field = /** @type {HTMLInputElement} */ (each);
    return field.type === "file" || field.readOnly ? [] : [field];
  });

/** @param {Field} field */
function initial(field) {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  const chosen = [...field.options].find((each) => each.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}

/** @param {HTMLFormElement} form */
const found = (form) => /** @type {HTMLElement | null} */ (form.querySelector(".error"));

function alert() {
  const place = document.createElement("p");
  place.className = "error";
  place.setAttribute("role", "alert");
  return place;
}
