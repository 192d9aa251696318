/** After a talk: the card stays, and what comes next is one click away. */

import { Ask } from "../bookings/ask.js";
import { isBlocked } from "../contacts/menu.js";
import { Icon } from "../parts/icon.js";
import { namesOf } from "../rounds/words.js";
import { html } from "../../vendor/preact.js";
import { timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** @param {{ room: Talk }} given */
export const Afterwards = ({ room }) => html`<section class="afterwards panel" aria-labelledby="after-h">
  <h2 id="after-h">${room.inVain ? t("It is a pity that this did not work out.") : t("Thank you for the talk.")}</h2>
  <p>${t("Here you can stay in touch, note something for yourself, and arrange to talk again. Your next talk opens by itself; while you write, it waits for you.")}</p>
  <div class="acts">
    ${room.others.filter((person) => !isBlocked(room.house, person)).map(
      (person) => html`<${Ask}
        key=${person} house=${room.house} to=${person}
        label=${room.others.length > 1 ? t("Talk again with {name}", { name: room.name(person) }) : t("Talk again")}
      />`,
    )}
    <a class="btn" href="/talks"><${Icon} name="messages-square" />${t("My talks")}</a>
    <a class="btn bare" href="/"><${Icon} name="door-open" />${t("To the foyer")}</a>
  </div>
</section>`;

/** With whom and when one talks next, as far as one may know. @param {Talk} room */
function next({ house }) {
  const lounge = house.lounge().shown.value;
  const ahead = lounge?.rounds.filter(({ how }) => how === "waiting") ?? [];
  for (const { item, startsAt } of ahead) {
    const planned = lounge?.pairing.mine.find((each) => each.item === item);
    if (planned) {
      const given = { name: namesOf(house, planned.partners), time: timeOfDay(startsAt) };
      return t("Your next one is with {name}, at {time}.", given);
    }
  }
  return "";
}

/** Nobody to talk with just now. @param {{ room: Talk }} given */
export const Nothing = ({ room }) => html`<section class="afterwards panel" aria-labelledby="after-h">
  <h2 id="after-h">${t("You have no talk just now.")}</h2>
  <p>${next(room)} ${t("As soon as one opens for you, it appears here, with a bell.")}</p>
  <div class="acts">
    <a class="btn primary" href="/talks"><${Icon} name="messages-square" />${t("My talks")}</a>
    <a class="btn" href="/tables"><${Icon} name="coffee" />${t("Lounge tables")}</a>
    <a class="btn bare" href="/"><${Icon} name="door-open" />${t("To the foyer")}</a>
  </div>
</section>`;
