/** Where a live screen stands on its page: the room, the one banner, the toasts. */

import { effect, html, render } from "../../vendor/preact.js";
import { tellOfBookings } from "../bookings/tidings.js";
import {
  boothCallOf,
  BoothSummons,
  keepCallingToBooths,
  tellWhoIsBack,
} from "../booths/summons.js";
import { tellOfLetters } from "../letters/tidings.js";
import { callOf, keepCalling, Summons } from "../rounds/summons.js";
import { Following, Invitation, keepFollowing } from "../tour/bar.js";
import { Announcer } from "./announce.js";
import { lineBanner } from "./banner.js";
import { Notices } from "./notices.js";
import { Toasts } from "./toast.js";
import { keepVigil } from "./vigil.js";

/**
 * Bring the page to life. What the server drew stays until `ready`.
 * @param {object} given
 * @param {import("../house.js").House} given.house
 * @param {() => boolean} given.ready whether there is something to draw; a signal's question
 * @param {() => any} given.room what stands in `main`
 * @param {() => any} [given.notice] this screen's banner, when the connection has none
 */
export function mount({ house, ready, room, notice }) {
  const main = document.getElementById("main");
  const notices = document.getElementById("notices");
  const toasts = document.getElementById("toasts");
  const repeated = document.getElementById("repeated");
  const call = callOf(house);
  const Called = () =>
    call.value
      ? html`<${Summons} house=${house} call=${call.value} />`
      : html`<${Invitation} house=${house} />`;
  const boothCall = boothCallOf(house);
  // Two minutes are short: a booth that calls comes before what stays for longer.
  const atBooth = () =>
    repeated && boothCall.value && html`<${BoothSummons} house=${house} call=${boothCall.value} />`;
  const Notice = () =>
    html`${lineBanner(house) ?? (atBooth() || (ready() && notice?.()) || (repeated && html`<${Called} />`))}
    ${repeated && html`<${Following} house=${house} />`}`;
  const Corner = () => html`<${Toasts} /><${Announcer} />`;
  if (notices) render(html`<${Notice} />`, notices);
  if (toasts) render(html`<${Corner} />`, toasts);
  if (repeated) {
    render(html`<${Notices} />`, repeated);
    keepVigil(house); // where there is a bar there is a person; the hall's screen has neither
    tellOfBookings(house);
    tellOfLetters(house);
    keepCalling(house, call);
    keepCallingToBooths(house, boothCall);
    tellWhoIsBack(house);
    keepFollowing(house);
  }
  const waiting = effect(() => {
    if (!main || !ready()) return;
    queueMicrotask(() => {
      waiting();
      main.replaceChildren();
      main.dataset.live = "yes";
      render(html`<${room} />`, main);
    });
  });
}
