/** One's place in a booth's queue: to take a number, to see how long, to come when called. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { LOUNGE } from "../house.js";
import { announce } from "../parts/announce.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { waitOf } from "../state/booths.js";
import { back, boothOf, counterAt, present, ticketOf } from "../state/counters.js";
import { length, roughly, timeOfDay } from "../times.js";
import { n, t } from "../words.js";
import { come } from "./summons.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Stall} Stall */
/** @typedef {import("../../wire.d.ts").Ticket} Ticket */

const LONGEST = 80; // characters of what one would like to talk about
const LONG = 100; // a number of so many needs smaller figures

/** @param {{ house: House, booth: string }} given */
export function Queue({ house, booth }) {
  const lounge = house.lounge().shown.value;
  const shown = lounge && boothOf(lounge, booth);
  if (!lounge || !shown) return null;
  const ticket = ticketOf(lounge, booth);
  const talks = counterAt(lounge, booth);
  if (talks) return html`<${Talks} booth=${booth} />`;
  if (!ticket) return html`<${TakeNumber} house=${house} booth=${booth} shown=${shown} />`;
  return ticket.calledUntil === null
    ? html`<${Waits} house=${house} booth=${booth} ticket=${ticket} />`
    : html`<${Called} house=${house} booth=${booth} ticket=${ticket} />`;
}

/** @param {{ house: House, booth: string, ticket: Ticket }} given */
function Waits({ house, booth, ticket }) {
  const lounge = house.lounge().shown.value;
  const wait = lounge && waitOf(lounge.booths, booth, beat.value);
  const { ahead, seconds } = wait ?? { ahead: 0, seconds: null };
  useSpoken(ticket, ahead, seconds);
  return html`<section class="ticket" aria-labelledby="tk-h" data-is=${ticket.missed ? "missed" : "waiting"}>
    <${Number} ticket=${ticket} />
    <div>
      <h2 id="tk-h">${title(ticket)}</h2>
      <p>
        ${ticket.missed ? `${t("We called and did not reach you. Your place near the front is kept, once.")} ` : ""}
        ${ahead ? n("One person is before you,", "{n} people are before you,", ahead) : t("Nobody is before you,")}
        ${" "}${
          seconds === null
            ? t("but nobody of the booth is there just now.")
            : seconds < 30
              ? t("it is your turn at any moment.")
              : html`${t("about")} <strong class="nowrap">${roughly(seconds)}</strong>.`
        }
        ${" "}${t("Feel free to walk about; the ticket stays yours, and we will call you.")}
      </p>
      <p class="acts">
        <button class="btn" type="button" onClick=${() => giveBack(house, booth)}>
          ${t("Give the ticket back")}
        </button>
      </p>
    </div>
  </section>`;
}

/** @param {{ house: House, booth: string, ticket: Ticket }} given */
function Called({ house, booth, ticket }) {
  const left = Math.max(0, (ticket.calledUntil ?? 0) - beat.value);
  return html`<section class="ticket" aria-labelledby="tk-h" data-is="called">
    <${Number} ticket=${ticket} />
    <div>
      <h2 id="tk-h">${t("It is your turn.")}</h2>
      <p>
        ${t("They wait for you at the counter.")}
        ${" "}<strong class="num nowrap" aria-hidden="true">${length(left)}</strong>
      </p>
      <p class="acts">
        <button class="btn primary" type="button" onClick=${() => come(house, booth)}>
          <${Icon} name="messages-square" />${t("Come to the counter")}
        </button>
        <button class="btn" type="button" onClick=${() => giveBack(house, booth)}>
          ${t("Give the ticket back")}
        </button>
      </p>
    </div>
  </section>`;
}

/** @param {{ ticket: Ticket }} given */
const Number = ({ ticket: { number } }) => html`<span
  class="no" aria-hidden="true" data-long=${number >= LONG ? "yes" : undefined}>${number}</span>`;

/** @param {Ticket} ticket */
const title = ({ number }) => t("Your ticket: number {n}", { n: number });

/** @param {{ booth: string }} given */
const Talks = ({ booth }) => html`<section class="ticket" aria-labelledby="tk-h" data-is="called">
  <span class="no"><${Icon} name="messages-square" /></span>
  <div>
    <h2 id="tk-h">${t("Your talk is on.")}</h2>
    <p class="acts">
      <a class="btn primary" href=${`/booths/${booth}/talk`}>
        <${Icon} name="door-open" />${t("To the counter")}
      </a>
    </p>
  </div>
</section>`;

/** @param {{ house: House, booth: string, shown: Stall }} given */
function TakeNumber({ house, booth, shown }) {
  const [topic, write] = useState("");
  /** @param {SubmitEvent} event */
  const take = (event) => {
    event.preventDefault();
    return attempt(house.do(LOUNGE, { type: "booth.take-number", booth, topic: topic.trim() }));
  };
  // Whoever waits where nobody stands would wait for nothing.
  const somebody = Object.keys(shown.staff).length > 0;
  return html`<section class="panel take-number" aria-labelledby="tk-h">
    <h2 id="tk-h">${somebody ? t("Talk with somebody here") : t("Nobody is here just now")}</h2>
    <p>${before(shown, somebody)}</p>
    ${
      somebody
        ? html`<form onSubmit=${take}>
      <div class="field">
        <label for="topic">${t("What would you like to talk about? (if you like)")}</label>
        <input
          id="topic" value=${topic} maxlength=${LONGEST} autocomplete="off"
          onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
        />
      </div>
      <p class="acts">
        <button class="btn primary" type="submit"><${Icon} name="hourglass" />${t("Take a ticket")}</button>
        ${present(shown).length ? null : html`<${TellMe} house=${house} booth=${booth} />`}
      </p>
    </form>`
        : html`<p class="acts"><${TellMe} house=${house} booth=${booth} /></p>`
    }
    <${Along} house=${house} booth=${booth} shown=${shown} />
  </section>`;
}

/**
 * What to expect before one takes a number.
 * @param {Stall} shown
 * @param {boolean} somebody
 */
function before(shown, somebody) {
  if (!somebody) {
    const at = back(shown);
    const expected = at === null ? "" : `${t("Somebody is expected at {time}.", { time: timeOfDay(at) })} `;
    return `${expected}${t("Leave a card, book a talk, or let us tell you when somebody is back.")}`;
  }
  const wait = shown.waiting
    ? n("{n} person waits.", "{n} people wait.", shown.waiting)
    : t("Nobody waits.");
  return `${wait} ${t("Take a ticket and walk about; we will call you with a bell when it is your turn.")}`;
}

/** @param {{ house: House, booth: string }} given */
function TellMe({ house, booth }) {
  const on = house.lounge().shown.value?.booths.tell.includes(booth) ?? false;
  const turn = () => attempt(house.do(LOUNGE, { type: "booth.tell-me", booth, on: !on }));
  return html`<button class="btn" type="button" aria-pressed=${on} onClick=${turn}>
    <${Icon} name="bell" />${on ? t("You will be told") : t("Tell me when somebody is back")}
  </button>`;
}

/** Talks that go on, at which one may ask to stand along. @param {{ house: House, booth: string, shown: Stall }} given */
function Along({ house, booth, shown }) {
  const doors = house.lounge().shown.value?.booths.doors ?? {};
  const open = Object.entries(shown.open).filter(([id]) => doors[id]?.booth === booth || !(id in doors));
  if (!open.length) return null;
  const ask = (/** @type {string} */ counter, /** @type {boolean} */ on) =>
    attempt(house.do(LOUNGE, { type: "booth.join", counter, on }));
  return html`<ul class="plain" role="list" aria-label=${t("Talks at the counter")}>
    ${open.map(([id, people]) => {
      const asks = id in doors;
      return html`<li key=${id}>
        <span class="soft">${n("A talk with one person is on.", "A talk with {n} people is on.", people)}</span>
        <button class="btn bare" type="button" aria-pressed=${asks} onClick=${() => ask(id, !asks)}>
          ${asks ? t("You have asked to stand along. Ask no longer") : t("Ask to stand along")}
        </button>
      </li>`;
    })}
  </ul>`;
}

/**
 * @param {House} house
 * @param {string} booth
 */
export async function giveBack(house, booth) {
  if ((await attempt(house.do(LOUNGE, { type: "booth.give-back", booth }))) === undefined) return;
  announce(t("You have given your ticket back."));
}

/**
 * Say how long it is, at most once a minute.
 * @param {Ticket} ticket
 * @param {number} ahead
 * @param {number | null} seconds
 */
function useSpoken(ticket, ahead, seconds) {
  const said = useRef({ at: -Infinity, words: "" });
  const time = seconds === null ? "" : roughly(seconds);
  const words = `${title(ticket)}. ${n("One person is before you.", "{n} people are before you.", ahead)} ${time}`;
  useEffect(() => {
    const { at, words: before } = said.current;
    if (words === before || beat.value < at + 60) return;
    if (before) announce(words);
    said.current = { at: beat.value, words };
  }, [words, Math.floor(beat.value / 60)]);
}
