/** While nobody has come yet: what is being done about it, and where else one is welcome. */

import { Icon } from "../parts/icon.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk, talk: Breakout }} given */
export function Waiting({ room, talk }) {
  const missing = talk.missing.filter((each) => each !== room.me && !(each in talk.entered));
  if (!missing.length && !talk.givenUp) return null;
  const name = missing.map((each) => room.name(each)).join(", ") || room.names;
  if (!talk.givenUp) {
    return html`<p class="notice" data-tone="soon" role="status">
      <${Icon} name="hourglass" /><span>${t("{name} is told that you are waiting. If nobody comes within moments, we look for somebody else for you.", { name })}</span>
    </p>`;
  }
  return html`<div class="notice" data-tone="soon" role="status">
    <${Icon} name="hourglass" />
    <span>${t("{name} has not come. If somebody else is free for you, this page takes you there. You can also go elsewhere; your place here stays yours.", { name })}</span>
    <a class="btn" href="/tables"><${Icon} name="coffee" />${t("Lounge tables")}</a>
    <a class="btn" href="/"><${Icon} name="door-open" />${t("To the foyer")}</a>
  </div>`;
}
