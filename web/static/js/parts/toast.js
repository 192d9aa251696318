/** One line at the thumb, at most one action; it stays 8 s, longer under pointer or focus. */

import { html, signal, useEffect, useState } from "../../vendor/preact.js";
import { clock } from "../clock.js";
import { Refused } from "../connection.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";

/**
 * @typedef {object} Notice
 * @property {number} id
 * @property {number} at house time
 * @property {string} sentence
 * @property {"done" | "wrong" | "note"} tone
 * @property {{ label: string, act: () => void }} [action]
 */

const STAYS = 8; // seconds
const KEEPS = 20; // notices in the list

/** @type {import("../../vendor/preact.js").Signal<Notice[]>} */
export const notices = signal([]);
/**
 * What was said on this page, newest first, for those who missed it.
 * @type {import("../../vendor/preact.js").Signal<Notice[]>}
 */
export const said = signal([]);
let told = 0;

/**
 * Say something at the thumb.
 * @param {string} sentence
 * @param {{ tone?: Notice["tone"], action?: Notice["action"] }} [given]
 */
export function tell(sentence, { tone = "note", action } = {}) {
  const others = notices.value.filter((notice) => notice.sentence !== sentence);
  const notice = { id: ++told, at: clock.now(), sentence, tone, action };
  notices.value = [...others, notice].slice(-3);
  said.value = [notice, ...said.value].slice(0, KEEPS);
}

/**
 * Wait for a command and say why, if it was refused.
 * @template T
 * @param {Promise<T>} asked
 * @returns {Promise<T | undefined>} undefined if refused
 */
export async function attempt(asked) {
  try {
    return await asked;
  } catch (why) {
    const sentence =
      why instanceof Refused
        ? why.message
        : t("That failed on our side. Your text is still here, please send again.");
    tell(sentence, { tone: "wrong" });
    return undefined;
  }
}

/** @param {number} id */
export const dismiss = (id) => (notices.value = notices.value.filter((notice) => notice.id !== id));

/**
 * Do what a notice offers, once.
 * @param {Notice} notice
 */
export function follow({ id, action }) {
  dismiss(id);
  said.value = said.value.map((each) => (each.id === id ? { ...each, action: undefined } : each));
  action?.act();
}

/** All of them; rendered into `#toasts`. */
export const Toasts = () =>
  notices.value.map((notice) => html`<${Toast} key=${notice.id} notice=${notice} />`);

/** @param {{ notice: Notice }} given */
function Toast({ notice }) {
  const { id, sentence, tone, action } = notice;
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return;
    const gone = setTimeout(() => dismiss(id), STAYS * 1000);
    return () => clearTimeout(gone);
  }, [held]);
  return html`
    <div
      class="toast"
      role="status"
      data-tone=${tone}
      onPointerEnter=${() => hold(true)}
      onPointerLeave=${() => hold(false)}
      onFocusIn=${() => hold(true)}
      onFocusOut=${() => hold(false)}
    >
      <${Icon} name=${{ done: "check", wrong: "circle-alert", note: "info" }[tone]} />
      <span>${sentence}</span>
      ${
        action
          ? html`<button
            class="btn"
            type="button"
            onClick=${() => follow(notice)}
          >
            ${action.label}
          </button>`
          : null
      }
    </div>
  `;
}
