/** Where a live screen stands on its page: the room, the one banner, the toasts. */

import { effect, html, render } from "../../vendor/preact.js";
import { tellOfBookings } from "../bookings/tidings.js";
import { callOf, keepCalling, Summons } from "../rounds/summons.js";
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
    repeated && call.value && html`<${Summons} house=${house} call=${call.value} />`;
  const Notice = () => lineBanner(house) ?? ((ready() && notice?.()) || html`<${Called} />`);
  const Corner = () => html`<${Toasts} /><${Announcer} />`;
  if (notices) render(html`<${Notice} />`, notices);
  if (toasts) render(html`<${Corner} />`, toasts);
  if (repeated) {
    render(html`<${Notices} />`, repeated);
    keepVigil(house); // where there is a bar there is a person; the hall's screen has neither
    tellOfBookings(house);
    keepCalling(house, call);
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
