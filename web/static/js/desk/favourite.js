/** The audience's favourite at the desk: open the vote, close it; not even the desk sees counts. */

import { html, useState } from "../../vendor/preact.js";
import { Favourite as Shown } from "../exhibition/favourite.js";
import { FAIR } from "../house.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { FAVOURITE } from "../state/gallery.js";
import { t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** Nothing where nothing is exhibited. */
/** @param {{ desk: Desk, fair: import("../../wire.d.ts").FairShown }} given */
export function Favourite({ desk, fair }) {
  const [asking, ask] = useState(/** @type {"open" | "close" | null} */ (null));
  if (!fair.exhibits.length) return null;
  const { stands } = fair.gallery.favourite;
  const act = async (/** @type {"open" | "close"} */ what) => {
    ask(null);
    await attempt(desk.house.do(FAIR, { type: `ballot.${what}`, ballot: FAVOURITE }));
  };
  return html`<div class="part" role="group" aria-labelledby="desk-favourite-h">
    <header><h3 id="desk-favourite-h">${t("Audience's favourite")}</h3></header>
    ${stands === "open" && html`<p class="soft">${t("Everybody may vote. Nobody sees how it stands, here neither.")}</p>`}
    ${stands === "closed" && html`<details><summary>${t("How it ended")}</summary><${Shown} house=${desk.house} /></details>`}
    <div class="acts">
      ${
        stands === "open"
          ? html`<button class="btn" type="button" onClick=${() => ask("close")}><${Icon} name="lock" />${t("Close the vote")}</button>`
          : html`<button class="btn" type="button" onClick=${() => (stands === "closed" ? ask("open") : act("open"))}>
              <${Icon} name="award" />${stands === "closed" ? t("Vote once more") : t("Open the vote")}
            </button>`
      }
    </div>
    ${asking && html`<${Sure} what=${asking} act=${act} onClose=${() => ask(null)} />`}
  </div>`;
}

/** @param {{ what: "open" | "close", act: (what: "open" | "close") => void, onClose: () => void }} given */
const Sure = ({ what, act, onClose }) => html`<${Dialog}
  title=${what === "close" ? t("Close the vote now?") : t("Begin the vote anew?")}
  onClose=${onClose}
>
  <p>
    ${
      what === "close"
        ? t("Everybody then sees the result, and nobody can vote any more.")
        : t("All votes cast so far are forgotten, and the result with them.")
    }
  </p>
  <div class="acts">
    <button class="btn" type="button" onClick=${onClose}>${t("Not now")}</button>
    <button class="btn primary" type="button" onClick=${() => act(what)}>
      ${what === "close" ? t("Close the vote") : t("Vote once more")}
    </button>
  </div>
</${Dialog}>`;
