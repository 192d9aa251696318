/** The text line of a talk: for a link, for a name, or when there is no sound. */

import { Composer, Log } from "../parts/chat.js";
import { heard } from "../contacts/menu.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** @param {{ room: Talk, open: boolean }} given `open` while one may write */
export function Writing({ room, open }) {
  const lines = heard(room.house, room.lines.value);
  if (!open && !lines.length) return null;
  return html`<section class="panel writing" aria-labelledby="writing-h">
    <h2 id="writing-h">${t("Write to each other")}</h2>
    <p class="soft"><small>${t("Only in this talk, and kept nowhere.")}</small></p>
    ${
      lines.length > 0 &&
      html`<${Log}
        lines=${lines} label=${t("What you wrote")}
        person=${(/** @type {string} */ id) => room.house.person(id)}
      />`
    }
    ${open && html`<${Composer} id="line" label=${t("Your line")} longest=${1000} send=${(/** @type {string} */ text) => room.say(text)} />`}
  </section>`;
}
