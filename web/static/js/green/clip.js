/** Plan B in the green room, beside microphone, camera, line and slides. */

import { ClipBox, clipWords } from "../parts/clip.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { CheckLine } from "./self.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

const WITHOUT = ["questions", "break", "round", "tour"]; // kinds of items that nobody can be replaced in

/** @param {{room: Backstage}} props */
export function ClipCheck({ room }) {
  const slots = [...(room.floor.live ? [room.floor.live] : []), ...room.floor.upcoming];
  const own = slots.find(({ people, kind }) => people.includes(room.me) && !WITHOUT.includes(kind));
  const item = own && room.agenda.items[own.item];
  if (!own || !item) return null;
  const clip = room.pitch.insurance.clips[own.item];
  return html`<${CheckLine}
    icon="rotate-ccw" title=${t("Plan B")} says=${clipWords(clip)}
    is=${clip ? "yes" : "wait"} waits=${t("if you like")}
  >
    ${room.seated.value ? null : html`<${ClipBox} item=${own.item} clip=${clip} seconds=${item.seconds} />`}
  </${CheckLine}>`;
}
