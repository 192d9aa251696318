/** The page of a talk: pictures, ending and switches on one side, the partner's card on the other. */

import { Swap } from "../contacts/swap.js";
import { Banner } from "../parts/banner.js";
import { html } from "../../vendor/preact.js";
import { timeOfDay } from "../times.js";
import { t } from "../words.js";
import { Afterwards, Nothing } from "./afterwards.js";
import { Couple, Own } from "./couple.js";
import { Door } from "./door.js";
import { Ending } from "./ending.js";
import { PartnerCard } from "./partner.js";
import { PathLine } from "./path.js";
import { Circle } from "./pictures.js";
import { TableSign, TabletHint } from "./sign.js";
import { Out, Switches } from "./switches.js";
import { Waiting } from "./waiting.js";
import { Writing } from "./writing.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk }} given */
export function Duo({ room }) {
  const talk = room.current.value;
  if (!talk) {
    return html`<header class="duo-head"><div><h1>${t("Your talk")}</h1></div></header><${Nothing} room=${room} />`;
  }
  const over = talk.phase === "over";
  return html`
    <header class="duo-head"><div>
      <h1>${heading(room, over)}</h1>
      <p class="soft">${line(room, talk)}</p>
    </div></header>
    <div class="duo-main">
      ${over && html`<${Afterwards} room=${room} />`}
      ${!over && !room.inside.value && html`<${Door} key=${talk.id} room=${room} talk=${talk} />`}
      ${!over && room.inside.value && html`<${Inside} room=${room} talk=${talk} />`}
    </div>
    <aside class="partner" aria-label=${t("Whom you talk with")}>
      ${room.others.map((each) => html`<${PartnerCard} key=${each} room=${room} talk=${talk} partner=${each} />`)}
      <${Writing} room=${room} open=${room.inside.value} />
      ${
        (over || room.inside.value) &&
        room.others.map((each) => html`<${Swap} key=${each} house=${room.house} partner=${each} />`)
      }
    </aside>
  `;
}

/**
 * @param {Talk} room
 * @param {boolean} over
 */
function heading(room, over) {
  const name = room.names;
  if (room.inVain) return t("{name} did not come", { name });
  return over ? t("You talked with {name}", { name }) : t("Talking with {name}", { name });
}

/** @param {{ room: Talk, talk: Breakout }} given */
function Inside({ room, talk }) {
  if (room.atTable.value) {
    return html`<${TableSign} room=${room} /><${Waiting} room=${room} talk=${talk} />
      <${Ending} room=${room} talk=${talk} />
      <div class="gear"><${Out} room=${room} /></div>`;
  }
  return html`
    <${TabletHint} room=${room} />
    ${talk.via === "sfu" ? html`<${Three} room=${room} talk=${talk} />` : html`<${Couple} room=${room} talk=${talk} />`}
    <${Waiting} room=${room} talk=${talk} />
    <${Ending} room=${room} talk=${talk} />
    <${Switches} room=${room} />
    <${PathLine} room=${room} talk=${talk} />
  `;
}

/** Three at a table, by way of the house. @param {{ room: Talk, talk: Breakout }} given */
function Three({ room, talk }) {
  const way = room.way.value;
  if (!way || !("viewer" in way)) return null;
  const seats = Object.fromEntries(talk.people.map((person, at) => [`seat-${at + 1}`, person]));
  const screen = room.loungeRoom.shown.value?.tables.screens[`talk-${talk.id}`];
  return html`<section aria-label=${t("Picture and sound")}>
    <${Circle}
      house=${room.house} viewer=${way.viewer} seats=${seats} me=${room.me}
      own=${html`<${Own} room=${room} />`} screen=${screen ?? undefined}
    />
  </section>`;
}

/**
 * @param {Talk} room
 * @param {Breakout} talk
 */
function line(room, talk) {
  const rounds = room.loungeRoom.shown.value?.rounds ?? [];
  const round = rounds.find(({ item }) => item === talk.item);
  const what = round?.title ?? t("Meeting by arrangement");
  const times = { from: timeOfDay(talk.opensAt), to: timeOfDay(talk.closesAt) };
  return `${t("{what}, {from} to {to}.", { what, ...times })} ${t("Nobody listens in, nothing is recorded.")}`;
}

/** The page's banner: a talk that waits, or one that goes on elsewhere. @param {Talk} room */
export function notice(room) {
  const held = room.talks[room.held.value];
  if (held) {
    const name = held.people.filter((each) => each !== room.me).map((each) => room.name(each));
    return html`<${Banner}
      title=${t("Your talk with {name} is open.", { name: name.join(", ") })}
      text=${t("Finish writing first, if you like.")}
      ><button class="btn primary" type="button" onClick=${() => room.goOn()}>${t("Go there")}</button></${Banner}
    >`;
  }
  const way = room.way.value;
  if (!way?.elsewhere.value) return null;
  return html`<${Banner}
    title=${t("Your talk goes on in another window or device of yours.")}
    ><button class="btn primary" type="button" onClick=${() => way.take()}>${t("Continue here")}</button></${Banner}
  >`;
}
