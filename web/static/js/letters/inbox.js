/** A company's inbox: letters, cards, applications and requests, whose they are, and what became of them. */

import { clock } from "../clock.js";
import { FAIR, LOUNGE } from "../house.js";
import { Empty } from "../parts/empty.js";
import { Icon } from "../parts/icon.js";
import { attempt, tell } from "../parts/toast.js";
import { day, machineTime, roughly, timeOfDay } from "../times.js";
import { html, useId, useState } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { send, useTold } from "./mail.js";
import { kindWord, shownWords, stateWord } from "./words.js";

/** @typedef {import("./mail.js").Item} Item */
/** @typedef {import("../house.js").House} House */

/** @param {{ house: House, booth: string }} given the booth's id */
export function Inbox({ house, booth }) {
  const bookings = house.lounge().shown.value?.bookings.mine ?? {};
  const asked = Object.values(bookings).map(({ id, stands, owner }) => [id, stands, owner]);
  const [told, read] = useTold(house, `/booths/${booth}/inbox.json`, JSON.stringify(asked));
  const [all, showAll] = useState(false);
  const items = /** @type {Item[] | null} */ (told);
  const open = items?.filter((item) => !item.done) ?? [];
  const done = items?.filter((item) => item.done) ?? [];
  return html`<section class="panel inbox" aria-labelledby="inbox-h">
    <header>
      <h2 id="inbox-h">${t("Inbox")}</h2>
      <span class="soft" role="status">${items && n("{n} waits", "{n} wait", open.length)}</span>
    </header>
    ${items && !items.length && html`<${Empty} title=${t("Nothing here yet")} text=${t("Letters, cards, applications and requests for talks arrive here.")} />`}
    <ul class="mail" role="list">
      ${[...open, ...(all ? done : [])].map(
        (item) => html`<${Entry} key=${item.id} house=${house} booth=${booth} item=${item} onDone=${read} />`,
      )}
    </ul>
    ${done.length > 0 && html`<p class="acts">
      <button class="btn" type="button" aria-expanded=${all} onClick=${() => showAll(!all)}>
        ${all ? t("Hide what is done") : n("Show {n} that is done", "Show {n} that are done", done.length)}
      </button>
    </p>`}
  </section>`;
}

/** @param {{ house: House, booth: string, item: Item, onDone: () => Promise<void> }} given */
function Entry({ house, booth, item, onDone }) {
  const waits = clock.now() - item.at;
  return html`<li id=${item.id} class=${item.done ? "done" : ""}>
    <header>
      <span class="tally" data-on=${lamp(item)}>${stateWord(item)}</span>
      <h3>
        ${item.name || t("A CV card")}
        ${item.organisation && html`<span class="soft"> ${item.organisation}</span>`}
      </h3>
      <time class="soft" datetime=${machineTime(item.at)}>
        ${item.done ? timeOfDay(item.at) : t("has waited {length}", { length: roughly(waits) })}
      </time>
    </header>
    <p class="soft">
      ${kindWord(item)}${item.jobTitle ? `: ${item.jobTitle}` : ""} · ${
        item.ownerName ? t("{name} sees to it", { name: item.ownerName }) : t("nobody sees to it yet")
      }
    </p>
    ${item.text && html`<p class="words">${item.text}</p>`}
    ${item.answer && html`<blockquote class="words reply">${item.answer}</blockquote>`}
    ${item.until !== null && html`<p class="soft"><small>${until(item)}</small></p>`}
    ${item.note.stars > 0 && html`<p class="rated" role="img" aria-label=${n("{n} star", "{n} stars", item.note.stars)}>${Array.from({ length: item.note.stars }, () => html`<${Icon} name="star" />`)}</p>`}
    ${item.note.text && html`<p class="soft"><small>${t("Our note")}: ${item.note.text}</small></p>`}
    <${Deeds} house=${house} booth=${booth} item=${item} onDone=${onDone} />
  </li>`;
}

/** @param {Item} item */
function until(item) {
  const when = day(item.until ?? 0);
  if (item.kind === "pin") return t("You may use the card until {day}.", { day: when });
  return t("shows until {day}: {fields}.", { day: when, fields: shownWords(item.fields, "talent") });
}

/** @param {Item} item */
const lamp = ({ done, late }) => (late ? "air" : done ? "off" : "next");

/** @param {{ house: House, booth: string, item: Item, onDone: () => Promise<void> }} given */
function Deeds({ house, booth, item, onDone }) {
  const [writing, write] = useState(false);
  const there = `/booths/${booth}/inbox/${item.id}`;
  const me = house.me.value?.id;
  const close = async () => (await send(`${there}/close`)) && onDone();
  const state = (/** @type {string} */ to) =>
    attempt(house.do(FAIR, { type: "pin.answer", pin: item.id, state: to }));
  const open = item.kind === "letter" && item.state !== "answered";
  return html`
    ${writing && open && html`<${Answer} to=${item.name} at=${there} onDone=${async () => { write(false); await onDone(); }} />`}
    <div class="acts">
      ${open && !writing && html`<button class="btn primary" type="button" onClick=${() => write(true)}><${Icon} name="send" />${t("Answer")}</button>`}
      ${item.kind === "card" && html`<a class="btn" href=${`/booths/${booth}/leads`}><${Icon} name="id-card" />${t("To the leads")}</a>`}
      ${item.kind === "pin" && html`<a class="btn primary" href=${`/board/cards/${item.card}`}><${Icon} name="id-card" />${t("Open the card")}</a>
        ${[["invited", t("Invite")], ["later", t("Later")], ["declined", t("Thanks, but no")]].map(
          ([to, word]) => html`<button key=${to} class="btn" type="button" aria-pressed=${item.state === to} onClick=${() => state(to)}>${word}</button>`,
        )}`}
      ${item.kind === "booking" && html`<a class="btn primary" href="/talks#bookings-h"><${Icon} name="messages-square" />${t("Answer under Talks")}</a>`}
      ${!item.done && item.owner !== me && html`<button class="btn" type="button" onClick=${() => hand(house, item, me ?? "")}><${Icon} name="hand" />${t("I see to it")}</button>`}
      <${HandOn} house=${house} booth=${booth} item=${item} />
      ${(item.kind === "letter" || item.kind === "card") && !item.done && html`<button class="btn" type="button" onClick=${close}><${Icon} name="check" />${t("Done")}</button>`}
    </div>
  `;
}

/** @param {{ to: string, at: string, onDone: () => Promise<void> }} given */
function Answer({ to, at, onDone }) {
  const id = useId();
  const [text, write] = useState("");
  const post = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!text.trim() || !(await send(`${at}/answer`, { text }))) return;
    tell(t("Answered. {name} is told.", { name: to }), { tone: "done" });
    await onDone();
  };
  return html`<form class="field-row" onSubmit=${post}>
    <div class="field">
      <label class="sr" for=${id}>${t("Answer to {name}", { name: to })}</label>
      <textarea
        id=${id} rows="3" maxlength="2000" required value=${text}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
      ></textarea>
    </div>
    <button class="btn primary" type="submit"><${Icon} name="send" />${t("Answer")}</button>
  </form>`;
}

/** Hand it to a colleague. @param {{ house: House, booth: string, item: Item }} given */
function HandOn({ house, booth, item }) {
  const id = useId();
  const mine = house.lounge().shown.value?.exhibitors.find((each) => each.id === booth);
  const me = house.me.value?.id;
  const people = Object.values(house.foyer().shown.value?.people ?? {});
  const others = people.filter(
    (each) => each.role === "rep" && each.organisation === mine?.organisation && each.id !== me,
  );
  const able = others.filter((each) => each.id !== item.owner);
  if (item.done || !able.length) return null;
  return html`<label class="sr" for=${id}>${t("Hand to a colleague")}</label>
    <select id=${id} value="" onChange=${(/** @type {any} */ event) => event.currentTarget.value && hand(house, item, event.currentTarget.value)}>
      <option value="">${t("Hand to …")}</option>
      ${able.map((each) => html`<option key=${each.id} value=${each.id}>${each.name}</option>`)}
    </select>`;
}

/**
 * @param {House} house
 * @param {Item} item
 * @param {string} to
 */
const hand = (house, item, to) =>
  attempt(
    item.kind === "booking"
      ? house.do(LOUNGE, { type: "booking.hand-on", booking: item.id, to })
      : house.do(FAIR, { type: "letter.hand", entry: item.id, to }),
  );
