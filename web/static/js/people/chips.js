/** Topics as chips: taken off by a click, added by typing or from what others wrote. */

import { tell } from "../parts/toast.js";
import { Icon } from "../parts/icon.js";
import { html, render, useState } from "../../vendor/preact.js";
import { t } from "../words.js";

const MOST = 12; // topics, as in schedule/terms.py
const LONGEST = 40; // characters of one
const OFFERED = 8; // suggestions at a time

/**
 * With one more topic; the same one, however it is written, counts once.
 * @param {string[]} topics
 * @param {string} written
 */
export function added(topics, written) {
  const topic = written.trim().replace(/\s+/g, " ");
  const known = topics.some((each) => each.toLowerCase() === topic.toLowerCase());
  return topic && !known ? [...topics, topic] : topics;
}

/**
 * What others wrote and is not there yet.
 * @param {string[]} suggested
 * @param {string[]} topics
 */
export const left = (suggested, topics) =>
  suggested.filter((each) => added(topics, each) !== topics).slice(0, OFFERED);

/**
 * Make chips of a field with commas; the form sends what it did before.
 * @param {HTMLElement} field
 */
export function makeChips(field) {
  const input = field.querySelector("input");
  const label = field.querySelector("label")?.textContent ?? "";
  if (!input) return;
  const first = input.value.split(",").reduce(added, /** @type {string[]} */ ([]));
  const suggested = field.dataset.suggested ? field.dataset.suggested.split("|") : [];
  const { id, name } = input;
  field.replaceChildren();
  render(html`<${Chips} id=${id} name=${name} label=${label} first=${first} suggested=${suggested} />`, field);
}

/** @param {{ id: string, name: string, label: string, first: string[], suggested: string[] }} given */
function Chips({ id, name, label, first, suggested }) {
  const [topics, keep] = useState(first);
  const [written, write] = useState("");
  const add = (/** @type {string} */ text) => {
    write("");
    const more = text.split(",").reduce(added, topics);
    if (more.length > MOST) tell(t("Please remove a topic first; there are {most} at most.", { most: MOST }), { tone: "wrong" });
    else keep(more);
  };
  const typed = (/** @type {any} */ event) => {
    const { value } = event.currentTarget;
    if (value.includes(",")) add(value);
    else write(value);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && written.trim()) {
      event.preventDefault();
      add(written);
    } else if (event.key === "Backspace" && !written) keep(topics.slice(0, -1));
  };
  return html`<label for=${id}>${label}</label>
    <input type="hidden" name=${name} value=${added(topics, written).join(", ")} />
    ${
      topics.length
        ? html`<ul class="chips" role="list">
            ${topics.map(
              (topic) => html`<li key=${topic}>
                <button class="chip" type="button" aria-label=${t("Remove {topic}", { topic })} onClick=${() => keep(topics.filter((each) => each !== topic))}>
                  ${topic}<${Icon} name="x" />
                </button>
              </li>`,
            )}
          </ul>`
        : null
    }
    <input
      id=${id} value=${written} maxlength=${LONGEST} autocomplete="off" aria-describedby=${`${id}-hint`}
      onInput=${typed} onKeyDown=${key}
    />
    <p class="soft" id=${`${id}-hint`}>${t("Enter or a comma adds a topic; {most} at most.", { most: MOST })}</p>
    <ul class="chips" role="list">
      ${left(suggested, topics).map(
        (topic) => html`<li key=${topic}>
          <button class="chip more" type="button" aria-label=${t("Add {topic}", { topic })} onClick=${() => add(topic)}>
            <${Icon} name="plus" />${topic}
          </button>
        </li>`,
      )}
    </ul>`;
}
