/** Words between one person and the moderator; nobody else reads them. */

import { Composer, Log } from "../parts/chat.js";
import { html } from "../../vendor/preact.js";
import { n, t } from "../words.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

/** @param {{room: Backstage, children?: any}} props */
export function Letters({ room, children }) {
  const { prompts } = room.floor;
  const last = prompts.findLast((each) => each.by !== room.me);
  return html`<section class="notes" aria-labelledby="notes-h">
    <h2 id="notes-h">${t("For you")}</h2>
    <div class="letter">
      ${last
        ? html`<p>${last.text}</p>
            <p class="soft">${room.name(last.by)}, ${t("Moderator")}</p>`
        : html`<p>${welcome(room)}</p>`}
    </div>
    ${prompts.length > 1 &&
    html`<${Log}
      lines=${prompts} person=${(/** @type {string} */ id) => room.foyer.people[id]}
      label=${t("Messages with the moderator")}
    />`}
    <${Composer}
      id="to-desk" label=${t("To the moderator")}
      placeholder=${t("Only the moderator reads this")}
      send=${(/** @type {string} */ text) =>
        room.house.do(room.pitchRoom.id, { type: "floor.prompt", text, to: null })}
    />
    ${children}
  </section>`;
}

/** What stands there before anybody has written. @param {Backstage} room */
function welcome(room) {
  const { slot, is } = room.standing.value;
  const seconds = slot ? room.agenda.items[slot.item]?.seconds : undefined;
  if (is === "seated") return t("You are on stage. The moderator leads through the conversation.");
  if (!seconds) return t("Welcome to the green room. The moderator will be with you.");
  const minutes = Math.max(1, Math.round(seconds / 60));
  const length = n("{n} minute", "{n} minutes", minutes);
  return t(
    "The moderator introduces you and your topic. You have {length}; " +
      "when one minute is left the clock turns golden.",
    { length },
  );
}
