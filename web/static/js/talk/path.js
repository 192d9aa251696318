/** Whether one's address stays hidden from the partner, and how both may agree to show it. */

import { Icon } from "../parts/icon.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk, talk: Breakout }} given */
export function PathLine({ room, talk }) {
  const way = room.way.value;
  const path = way && "pair" in way ? way.path.value : null;
  if (!path) return null;
  if (path === "open") {
    return html`<p class="talk-path soft"><${Icon} name="arrow-left-right" />
      <span>${t("Picture and sound go directly from browser to browser.")}</span></p>`;
  }
  const mine = talk.direct.includes(room.me);
  return html`<div class="talk-path soft">
    <${Icon} name=${path === "relay" ? "lock" : "arrow-left-right"} />
    <span role="status">${sentence(room, talk, path)}</span>
    <button
      class="btn bare" type="button" aria-pressed=${mine}
      onClick=${() => room.do({ type: "breakout.agree-direct", on: !mine })}
    >
      ${t("Connect directly")}
    </button>
  </div>`;
}

/**
 * @param {Talk} room
 * @param {Breakout} talk
 * @param {"relay" | "agreed"} path
 */
function sentence(room, talk, path) {
  const name = room.names;
  if (path === "agreed") {
    return t("You are connected directly, as you both agreed. {name} can see your network address.", {
      name,
    });
  }
  if (talk.direct.includes(room.me)) {
    return t("Your address stays hidden until {name} agrees as well.", { name });
  }
  return talk.direct.length
    ? t("{name} offers a direct connection. It shows each of you the other's network address.", {
        name,
      })
    : t("Your address stays hidden: picture and sound go over a relay.");
}
