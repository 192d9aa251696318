/** A table as those see it who sit there. */

import { html } from "../../vendor/preact.js";
import { Gear, Mirror, Troubles } from "../green/gear.js";
import { Screen } from "../media/screen.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { Plate } from "../parts/video.js";
import { feeds } from "../state/tables.js";
import { Circle } from "../talk/pictures.js";
import { t } from "../words.js";
import { othersCalled } from "./calls.js";
import { Company } from "./company.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../../wire.d.ts").Table} Table */

/** @param {{ place: Place, table: Table }} given */
export function Sitting({ place, table }) {
  const { house, viewer, me, kit } = place;
  const alone = Object.keys(table.seats).length === 1;
  return html`
    <section class="company-of" aria-labelledby="topic-h">
      <header class="head">
        <h1 id="topic-h">${table.topic}</h1>
        <p class="soft">
          ${alone ? t("You are the first here. Others see your table and may sit down.") : t("Only those at the table see and hear you. Nothing is recorded.")}
          ${table.private && html` <span class="tag"><${Icon} name="lock" />${t("private")}</span>`}
        </p>
      </header>
      <${Circle}
        house=${house} viewer=${viewer} seats=${feeds(table)} me=${me}
        screen=${place.tables?.screens[place.room]} speakerId=${kit.state.value.speakerId}
        own=${html`<${Mirror} kit=${kit}><${Plate}>${t("You")}</${Plate}></${Mirror}>`}
      />
      <div class="called" role="status">
        ${[...othersCalled(place), viewer.trouble.value].filter(Boolean).map(
          (sentence) => html`<p class="notice" data-tone="soon" key=${sentence}>
            <${Icon} name="info" /><span>${sentence}</span>
          </p>`,
        )}
      </div>
      <${Gear} kit=${kit}><${Deeds} place=${place} table=${table} /></${Gear}>
      <${Troubles} kit=${kit} />
    </section>
    <${Company} place=${place} table=${table} />
  `;
}

/** @param {{ place: Place, table: Table }} given */
function Deeds({ place, table }) {
  const { kit } = place;
  const sharing = kit.sharing.value;
  const share = () => (sharing ? kit.stopSharing() : attempt(kit.share()));
  const desk = ["organiser", "moderator"].includes(place.house.me.value?.role ?? "");
  return html`
    ${
      Screen.possible &&
      html`<button class="btn" type="button" aria-pressed=${sharing} onClick=${share}>
        <${Icon} name=${sharing ? "screen-share-off" : "screen-share"} />${
          sharing ? t("Stop showing my screen") : t("Show my screen")
        }
      </button>`
    }
    ${
      table.by !== null &&
      html`<button
        class="btn" type="button" aria-pressed=${table.private}
        onClick=${() => place.lock(!table.private)}
      >
        <${Icon} name="lock" />${t("Private")}
      </button>`
    }
    ${
      (table.by === place.me || desk) &&
      table.closesAt === null &&
      html`<button class="btn bare" type="button" onClick=${() => place.close()}>
        <${Icon} name="x" />${t("Close the table")}
      </button>`
    }
    <button class="btn leave" type="button" onClick=${() => place.getUp()}>
      <${Icon} name="log-out" />${t("Get up")}
    </button>
  `;
}
