/** The talk at a booth's counter, and what stays when it is over. */

import { html } from "../../vendor/preact.js";
import { Afterwards } from "../booths/afterwards.js";
import { Place } from "../booths/place.js";
import { Talk } from "../booths/talk.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";

const { house, config } = await enter();
const foyer = house.foyer();
const lounge = house.lounge();
const place = new Place(house, config.booth?.id ?? "");

function Room() {
  const { counter } = place;
  return counter
    ? html`<${Talk} place=${place} counter=${counter} />`
    : html`<${Afterwards} place=${place} />`;
}

place.start();
mount({
  house,
  ready: () => lounge.shown.value !== null && foyer.shown.value !== null && house.me.value !== null,
  room: Room,
});
