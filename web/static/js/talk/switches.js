/** The switches under the pictures: microphone, camera, screen, devices, the way out. */

import { Gear } from "../green/gear.js";
import { Screen } from "../media/screen.js";
import { Icon } from "../parts/icon.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** @param {{ room: Talk }} given */
export const Switches = ({ room }) => html`<div class="switches-of-talk">
  <${Gear} kit=${room.equipment}>
    ${Screen.possible && html`<${Share} room=${room} />`}
    <${Out} room=${room} />
  </${Gear}>
  <${Troubles} room=${room} />
</div>`;

/** @param {{ room: Talk }} given */
export const Out = ({ room }) => html`<button
  class="btn bare leave" type="button" onClick=${() => room.leave()}
>
  <${Icon} name="log-out" />${t("Leave the talk")}
</button>`;

/** @param {{ room: Talk }} given */
function Share({ room }) {
  const { equipment } = room;
  const on = equipment.sharing.value;
  return html`<button
    class="btn" type="button" aria-pressed=${on}
    onClick=${() => (on ? equipment.stopSharing() : equipment.share())}
  >
    <${Icon} name=${on ? "screen-share-off" : "screen-share"} />
    ${on ? t("Stop showing") : t("Show screen")}
  </button>`;
}

/** What is wrong with camera, microphone or screen, and what still works. @param {{ room: Talk }} given */
export function Troubles({ room }) {
  const { equipment } = room;
  const { cameraTrouble, microphoneTrouble } = equipment.state.value;
  const screenTrouble = equipment.screenTrouble.value;
  const { devices } = equipment;
  /** @type {[string | null, (() => unknown) | null][]} */
  const all = [
    [microphoneTrouble, () => devices.turn("microphone", true)],
    [cameraTrouble, () => devices.turn("camera", true)],
    [screenTrouble, null],
  ];
  return html`<div class="troubles" role="status">
    ${all.map(
      ([words, again]) =>
        words &&
        html`<p class="notice" data-tone="wrong">
          <${Icon} name="circle-alert" /><span>${words}</span>
          ${again && html`<button class="btn bare" type="button" onClick=${again}>${t("Try again")}</button>`}
        </p>`,
    )}
    ${
      microphoneTrouble &&
      html`<p class="soft">${t("Without a microphone you can still write to each other.")}</p>`
    }
  </div>`;
}
