/** Who waits at one's booth, whom one calls next, and whom one may invite while nobody waits. */

import { html } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { PersonMenu } from "../contacts/menu.js";
import { LOUNGE } from "../house.js";
import { VisitorNote } from "../letters/visitor.js";
import { Icon } from "../parts/icon.js";
import { PersonLine } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { visitorsOf } from "../state/booths.js";
import { myCall, queueAt, SEATS } from "../state/counters.js";
import { length, roughly } from "../times.js";
import { n, t } from "../words.js";
import { about } from "./staff.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").Ticket} Ticket */

/** What one does next. @param {{ house: House, booth: string, free: boolean }} given */
export function UpNext({ house, booth, free }) {
  const lounge = house.lounge().shown.value;
  const me = house.me.value?.id ?? "";
  if (!lounge) return null;
  const { counter } = lounge.booths;
  if (counter) return html`<${Talking} house=${house} counter=${counter} />`;
  const called = myCall(lounge, booth, me);
  if (called) return html`<${Coming} house=${house} ticket=${called} />`;
  const waiting = queueAt(lounge, booth).filter(({ calledBy }) => calledBy === null);
  const next = () => attempt(house.do(LOUNGE, { type: "booth.next", booth }));
  return html`<section class="panel up-next" aria-labelledby="next-h">
    <div>
      <h2 id="next-h">${
        waiting.length
          ? n("{n} person waits for you.", "{n} people wait for you.", waiting.length)
          : t("Nobody waits just now.")
      }</h2>
      <p class="soft">${
        free
          ? t("Whoever is next and not in another talk is called, and has two minutes to come.")
          : t("To call somebody, stand at the booth and end your break first.")
      }</p>
    </div>
    <button class="btn primary" type="button" disabled=${!waiting.length || !free} onClick=${next}>
      <${Icon} name="bell" />${t("Call the next one")}
    </button>
  </section>`;
}

/** @param {{ house: House, counter: import("../../wire.d.ts").Counter }} given */
function Talking({ house, counter }) {
  const names = visitorsOf(counter).map((person) => house.person(person)?.name ?? "").filter(Boolean);
  return html`<section class="panel up-next" aria-labelledby="next-h">
    <div>
      <h2 id="next-h">${names.length ? t("You talk with {names}.", { names: names.join(", ") }) : t("Your talk is on.")}</h2>
      <p class="soft">${t("Your visitors see and hear you while the page of the talk is open.")}</p>
    </div>
    <a class="btn primary" href=${`/booths/${counter.booth}/talk`}>
      <${Icon} name="messages-square" />${t("To the counter")}
    </a>
  </section>`;
}

/** @param {{ house: House, ticket: Ticket }} given */
function Coming({ house, ticket }) {
  const name = house.person(ticket.person)?.name ?? t("Somebody");
  const left = length(Math.max(0, (ticket.calledUntil ?? 0) - beat.value));
  return html`<section class="panel up-next" aria-labelledby="next-h">
    <div role="status">
      <h2 id="next-h">${t("{name} is called.", { name })}</h2>
      <p class="soft">${t("As soon as {name} comes, the talk opens here by itself.", { name })}</p>
    </div>
    <span class="num" role="timer" aria-live="off" aria-label=${t("Time to come: {time}", { time: left })}>${left}</span>
  </section>`;
}

/** Talks of colleagues, where one may stand along. @param {{ house: House, booth: string }} given */
export function Colleagues({ house, booth }) {
  const { desk, counter: own } = house.lounge().shown.value?.booths ?? {};
  const talks = Object.values(desk?.booth === booth ? desk.counters : {}).filter(
    ({ endsAt, seats }) => endsAt === null && !own && Object.keys(seats).length < SEATS,
  );
  if (!talks.length) return null;
  const join = async (/** @type {string} */ counter) => {
    if ((await attempt(house.do(LOUNGE, { type: "booth.join", counter, on: true }))) !== undefined) {
      location.assign(`/booths/${booth}/talk`);
    }
  };
  return html`<section class="panel" aria-labelledby="talks-h">
    <header><h2 id="talks-h">${t("Talks at the counter")}</h2></header>
    <ul class="queue" role="list">
      ${talks.map(({ id, seats, private: closed }) => {
        const names = Object.keys(seats).map((person) => house.person(person)?.name ?? "").filter(Boolean).join(", ");
        return html`<li key=${id}>
          <span><${Icon} name="messages-square" /></span>
          <div>${names}</div>
          <div class="acts">
            ${
              closed
                ? html`<span class="tag"><${Icon} name="lock" />${t("private")}</span>`
                : html`<button class="btn" type="button" onClick=${() => join(id)}>
                    ${t("Stand along")}<span class="sr">: ${names}</span>
                  </button>`
            }
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** @param {{ house: House, booth: string, free: boolean }} given */
export function Waiting({ house, booth, free }) {
  const lounge = house.lounge().shown.value;
  const queue = lounge ? queueAt(lounge, booth) : [];
  return html`<section class="panel" aria-labelledby="queue-h">
    <header><h2 id="queue-h">${t("Who waits")}</h2>${queue.length ? html`<span class="soft num">${queue.length}</span>` : null}</header>
    ${
      queue.length
        ? html`<ol class="queue" role="list">
            ${queue.map((ticket) => html`<${Waits} key=${ticket.person} house=${house} ticket=${ticket} free=${free} />`)}
          </ol>`
        : html`<${Idle} house=${house} booth=${booth} free=${free} />`
    }
  </section>`;
}

/** @param {{ house: House, ticket: Ticket, free: boolean }} given */
function Waits({ house, ticket, free }) {
  const person = house.person(ticket.person);
  if (!person) return null;
  const { name } = person;
  const since = beat.value - ticket.takenAt;
  return html`<li>
    <span class="no-tag">${ticket.number}</span>
    <div>
      <${PersonLine} person=${person}>
        <span class="at">${
          ticket.calledBy === null
            ? ticket.missed
              ? t("missed once")
              : since < 60
                ? t("just came")
                : t("waits {time}", { time: roughly(since) })
            : html`<span class="ready" data-is="wait"><${Icon} name="bell" />${t("called")}</span>`
        }</span>
      </${PersonLine}>
      ${ticket.topic ? html`<p class="topic">${ticket.topic}</p>` : null}
    </div>
    <div class="acts">
      ${
        ticket.calledBy === null
          ? html`<button class="btn" type="button" disabled=${!free} onClick=${() => call(house, ticket.booth, ticket.person)}>
              ${t("Call now")}<span class="sr">: ${name}</span>
            </button>`
          : null
      }
      <${PersonMenu} house=${house} person=${ticket.person} where="people" />
    </div>
    <div class="note"><${VisitorNote} house=${house} booth=${ticket.booth} person=${ticket.person} quiet /></div>
  </li>`;
}

/** Nobody waits: whom one may invite. @param {{ house: House, booth: string, free: boolean }} given */
function Idle({ house, booth, free }) {
  const lounge = house.lounge().shown.value;
  const proposed = (lounge?.booths.desk?.proposed ?? []).filter((id) => house.person(id));
  if (!proposed.length) {
    return html`<p class="soft">
      ${t("Whoever takes a ticket stands here, with a topic. While it is quiet, we propose talents who have time and agreed to be invited.")}
    </p>`;
  }
  return html`<p>${t("Nobody waits just now. These have time, agreed to be invited, and fit your topics:")}</p>
    <ul class="queue" role="list">
      ${proposed.map((id) => {
        const person = /** @type {import("../../wire.d.ts").Person} */ (house.person(id));
        return html`<li key=${id}>
          <span></span>
          <div><${PersonLine} person=${person}><span class="at"></span></${PersonLine}>
            ${about(house, id) ? html`<p class="soft">${about(house, id)}</p>` : null}</div>
          <div class="acts">
            <button class="btn" type="button" disabled=${!free} onClick=${() => call(house, booth, id)}>
              <${Icon} name="send" />${t("Invite")}<span class="sr">: ${person.name}</span>
            </button>
          </div>
        </li>`;
      })}
    </ul>`;
}

/**
 * @param {House} house
 * @param {string} booth
 * @param {string} person
 */
const call = (house, booth, person) =>
  attempt(house.do(LOUNGE, { type: "booth.call", booth, person }));
