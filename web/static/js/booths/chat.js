/** What is written at a booth, for everybody who looks. */

import { html } from "../../vendor/preact.js";
import { heard, PersonMenu } from "../contacts/menu.js";
import { LOUNGE } from "../house.js";
import { Composer, Log } from "../parts/chat.js";
import { t } from "../words.js";

/** @param {{ house: import("../house.js").House, booth: string }} given */
export function Chat({ house, booth }) {
  const lounge = house.lounge().shown.value;
  const lines = heard(house, lounge?.booths.chats[booth] ?? []);
  return html`<section class="booth-chat" aria-labelledby="chat-h">
    <h2 id="chat-h">${t("Said at the booth")}</h2>
    ${
      lines.length
        ? html`<${Log}
            lines=${lines} label=${t("What is written at this booth")}
            person=${(/** @type {string} */ id) => house.person(id)}
            actions=${(/** @type {{ by: string }} */ { by }) => html`<${PersonMenu} house=${house} person=${by} where="people" />`}
          />`
        : html`<p class="soft">${t("A short question? Everybody who looks at this booth reads it, and its people answer.")}</p>`
    }
    <${Composer}
      id="say" label=${t("To everybody at the booth")}
      send=${(/** @type {string} */ text) => house.do(LOUNGE, { type: "booth.say", booth, text })}
    />
  </section>`;
}
