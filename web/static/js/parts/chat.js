/** The chat beside the show: a log of lines and a field to write in. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { machineTime, timeOfDay } from "../times.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";
import { Face } from "./person.js";
import { attempt } from "./toast.js";

/** @typedef {import("../../wire.d.ts").Said} Line */
/** @typedef {import("../../wire.d.ts").Person} Person */

const NEAR = 60; // px from the end; who reads further up is left there

/**
 * @param {object} given
 * @param {Line[]} given.lines
 * @param {(id: string) => Person | undefined} given.person
 * @param {string} given.label
 * @param {(line: Line) => any} [given.actions] below a line
 */
export function Log({ lines, person, label, actions }) {
  const self = useRef(/** @type {HTMLElement | null} */ (null));
  const atEnd = useRef(true);
  useEffect(() => {
    const log = self.current;
    if (log && atEnd.current) log.scrollTop = log.scrollHeight;
  }, [lines.at(-1)?.id]);
  const scrolled = () => {
    const log = self.current;
    if (log) atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  };
  return html`
    <div class="chatlog" role="log" aria-label=${label} tabindex="0" ref=${self} onScroll=${scrolled}>
      <ol class="chat" role="list">
        ${lines.map(
          (line) => html`
          <li key=${line.id} data-line=${line.id}>
            <${Face} id=${line.by} />
            <span
              ><b>${person(line.by)?.name ?? t("Somebody")}</b> <time datetime=${machineTime(line.at)}
                >${timeOfDay(line.at)}</time
              ></span
            >
            <p>${line.text}</p>
            ${actions?.(line)}
          </li>
        `,
        )}
      </ol>
    </div>
  `;
}

/**
 * One line and a button; the text stays until the house has it.
 * @param {{ id: string, label: string, send: (text: string) => Promise<unknown>, longest?: number, placeholder?: string, closed?: boolean }} given
 */
export function Composer({ id, label, send, longest = 500, placeholder = "", closed = false }) {
  const [text, write] = useState("");
  const [busy, wait] = useState(false);
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    if (!text.trim() || busy || closed) return;
    wait(true);
    if ((await attempt(send(text.trim()))) !== undefined) write("");
    wait(false);
  };
  return html`
    <form class="field-row" onSubmit=${submit}>
      <div class="field">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          value=${text}
          maxlength=${longest}
          placeholder=${placeholder}
          autocomplete="off"
          readonly=${closed}
          onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) =>
            write(event.currentTarget.value)}
        />
      </div>
      <button class="btn only" type="submit" aria-label=${t("Send")} aria-disabled=${busy || closed}>
        <${Icon} name="send" />
      </button>
    </form>
  `;
}
