/** A representative's desk: who waits, who is there, the inbox, and one's own next appointments. */

import { effect, html } from "../../vendor/preact.js";
import { Appointments } from "../booths/appointments.js";
import { Chat } from "../booths/chat.js";
import { goToTalks } from "../booths/going.js";
import { enliven } from "../booths/islands.js";
import { Looking } from "../booths/looking.js";
import { OnDuty, OwnShow, Showing } from "../booths/onduty.js";
import { Colleagues, UpNext, Waiting } from "../booths/serving.js";
import { Staff } from "../booths/staff.js";
import { enter, LOUNGE } from "../house.js";
import { Inbox } from "../letters/inbox.js";
import { chime } from "../media/bell.js";
import { tell } from "../parts/toast.js";
import { boothOf, queueAt } from "../state/counters.js";
import { t } from "../words.js";

const { house, config } = await enter();
const lounge = house.lounge();
const booth = config.booth?.id ?? "";
const looking = new Looking(house, booth);
const showing = new Showing(house, booth);

const shown = () => (lounge.shown.value ? boothOf(lounge.shown.value, booth) : null);

/** Whether one may call somebody just now. */
const free = () => shown()?.staff[house.me.value?.id ?? ""]?.state === "free";

function Main() {
  return html`<${UpNext} house=${house} booth=${booth} free=${free()} />
    <${Waiting} house=${house} booth=${booth} free=${free()} />
    <${Colleagues} house=${house} booth=${booth} />
    <${Inbox} house=${house} booth=${booth} />`;
}

function Side() {
  const now = shown();
  return html`<${OnDuty} house=${house} booth=${booth} />
    ${
      now
        ? html`<section class="panel" aria-labelledby="ct-h">
            <header><h2 id="ct-h">${t("At the booth just now")}</h2></header>
            <${Staff} house=${house} shown=${now} menu=${false} />
          </section>`
        : null
    }
    <${OwnShow} showing=${showing} />
    <${Appointments} house=${house} />
    <section class="panel"><${Chat} house=${house} booth=${booth} /></section>`;
}

/** A new ticket and a wave are heard as well as seen. */
function keepWatch() {
  let known = -1;
  effect(() => {
    if (!lounge.shown.value) return;
    const waiting = queueAt(lounge.shown.value, booth).length;
    if (known >= 0 && waiting > known) void chime(1);
    known = waiting;
  });
  house.connection.on("told", ({ room, event }) => {
    if (room !== LOUNGE || event.type !== "booth.waved" || event.booth !== booth) return;
    tell(t("{name} waves.", { name: house.person(event.by)?.name ?? t("Somebody") }));
  });
}

looking.start();
showing.start();
goToTalks(house, booth);
keepWatch();
enliven(house, { "desk-main": Main, "desk-side": Side });
