/** The partner's card: who, from where, what each seeks and offers, a question to begin with. */

import { PersonMenu } from "../contacts/menu.js";
import { Face, Place, roleLine } from "../parts/person.js";
import { html } from "../../vendor/preact.js";
import { spoken, t } from "../words.js";
import { common, question } from "./occasion.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk, talk: Breakout, partner: string }} given */
export function PartnerCard({ room, talk, partner }) {
  const person = room.house.person(partner);
  if (!person) return null;
  const heading = `card-${partner}`;
  return html`<section class="panel partner-card" aria-labelledby=${heading}>
    <div class="person">
      <${Face} id=${person.id} />
      <div>
        <h2 class="name" id=${heading}>${person.name}</h2>
        <p class="role">${roleLine(person)}</p>
      </div>
      <span class="at-end"
        ><${Place} place=${person.place} /><${PersonMenu}
          house=${room.house} person=${partner} where="talk" place=${talk.id}
      /></span>
    </div>
    <${Facts} room=${room} partner=${partner} />
    ${
      partner === room.others[0] &&
      html`<${Question} room=${room} talk=${talk} partner=${partner} />`
    }
  </section>`;
}

/** @param {{ room: Talk, partner: string }} given */
function Facts({ room, partner }) {
  const profiles = room.loungeRoom.shown.value?.wishes.profiles ?? {};
  const theirs = profiles[partner];
  const shared = common(profiles[room.me], theirs);
  /** @type {[string, string | undefined][]} */
  const facts = [
    [t("Seeks"), theirs?.seeks.join(", ")],
    [t("Offers"), theirs?.offers.join(", ")],
    [t("Degree"), theirs?.degree],
    [t("What you share"), shared.map((topic) => t("“{topic}”", { topic })).join(", ")],
    [t("About"), theirs?.about],
  ];
  const known = facts.filter(([, words]) => words);
  if (!known.length) return null;
  return html`<dl class="facts">
    ${known.map(([title, words]) => html`<div key=${title}><dt>${title}</dt><dd>${words}</dd></div>`)}
  </dl>`;
}

/** @param {{ room: Talk, talk: Breakout, partner: string }} given */
function Question({ room, talk, partner }) {
  const profiles = room.loungeRoom.shown.value?.wishes.profiles ?? {};
  const shared = common(profiles[room.me], profiles[partner]);
  return html`<figure class="first-question" lang=${spoken()}>
    <figcaption>${t("A first question, if you like")}</figcaption>
    <blockquote>${question(talk.id, shared)}</blockquote>
  </figure>`;
}
