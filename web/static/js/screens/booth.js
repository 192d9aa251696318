/** One booth as its visitors see it: the counter, one's ticket, the letterbox, the chat. */

import { html } from "../../vendor/preact.js";
import { Ask } from "../bookings/ask.js";
import { Chat } from "../booths/chat.js";
import { Counter } from "../booths/counter.js";
import { goToTalks } from "../booths/going.js";
import { enliven } from "../booths/islands.js";
import { Looking } from "../booths/looking.js";
import { Queue } from "../booths/ticket.js";
import { enter } from "../house.js";
import { Letterbox } from "../letters/letterbox.js";
import { ShareCard } from "../letters/share.js";
import { ownBooth } from "../state/counters.js";

const { house, config } = await enter();
const lounge = house.lounge();
const { id: booth = "", organisation = "" } = config.booth ?? {};
const asTalent = new URLSearchParams(location.search).has("as");
const looking = new Looking(house, booth);

/** Whether one is of this booth oneself, and does not want to see it as others do. */
const own = () => !asTalent && ownBooth(lounge.shown.value, house.me.value) === booth;

looking.start();
goToTalks(house, booth);
enliven(house, {
  counter: () => html`<${Counter} looking=${looking} own=${own()} />`,
  ticket: () =>
    own()
      ? null
      : html`<${Queue} house=${house} booth=${booth} />
          <${ShareCard} house=${house} booth=${booth} />`,
  letterbox: () => (own() ? null : html`<${Letterbox} house=${house} booth=${booth} />`),
  "booth-chat": () => html`<${Chat} house=${house} booth=${booth} />`,
  ask: () => (own() ? null : html`<${Ask} house=${house} organisation=${organisation} />`),
});
