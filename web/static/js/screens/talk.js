/** The page of one-to-one talks comes to life. */

import { effect, html } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { Duo, notice } from "../talk/duo.js";
import { Talk } from "../talk/talk.js";

const ENTER = "enter"; // in the address: go in without another click

const { house } = await enter();
const room = new Talk(house);
room.start();
mount({
  house,
  ready: () => room.ready.value,
  room: () => html`<${Duo} room=${room} />`,
  notice: () => notice(room),
});

if (new URLSearchParams(location.search).has(ENTER)) {
  history.replaceState(null, "", location.pathname);
  const waiting = effect(() => {
    const talk = room.current.value;
    if (!talk || talk.phase === "over") return;
    queueMicrotask(async () => {
      waiting();
      if (!room.inside.peek() && (await room.equipment.allowed())) await room.enter();
    });
  });
}
