/** A company's inbox on a page of its own. */

import { enter } from "../house.js";
import { Inbox } from "../letters/inbox.js";
import { mount } from "../parts/page.js";
import { effect, html, render } from "../../vendor/preact.js";

const { house, config } = await enter();
const foyer = house.foyer();
const fair = house.fair();
mount({ house, ready: () => false, room: () => null });

const waiting = effect(() => {
  if (!fair.shown.value || !foyer.shown.value || !house.me.value) return;
  queueMicrotask(() => {
    waiting();
    const place = document.querySelector('[data-live="inbox"]');
    if (!place) return;
    place.replaceChildren();
    render(html`<${Inbox} house=${house} booth=${config.booth?.id ?? ""} />`, place);
  });
});
