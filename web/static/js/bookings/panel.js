/** All of one's booked talks in one panel: what the agenda moved, what waits, what is agreed. */

import { html, useState } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { LOUNGE } from "../house.js";
import { Dialog } from "../parts/dialog.js";
import { Empty } from "../parts/empty.js";
import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { Face, roleLine } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { colleagues, organisations, otherOf, sidesFit, sorted } from "../state/bookings.js";
import { machineTime, roughly, timeOfDay } from "../times.js";
import { t } from "../words.js";
import { Ask } from "./ask.js";
import { OtherTimes, when } from "./times.js";
import { endedWord } from "./words.js";

/** @typedef {import("../../wire.d.ts").Booking} Booking */
/** @typedef {import("../house.js").House} House */
/** @typedef {{ house: House, booking: Booking }} Given */

/** @param {{ house: House }} given */
export function Bookings({ house }) {
  const shown = house.lounge().shown.value?.bookings;
  const me = house.me.value;
  if (!shown || !me) return null;
  const { moved, asked, inbox, agreed, waiting, past } = sorted(shown, me.id, beat.value);
  const nothing = !(moved.length + asked.length + inbox.length + agreed.length + waiting.length);
  return html`<section class="bookings panel" aria-labelledby="bookings-h">
    <header>
      <h2 id="bookings-h">${t("Arranged talks")}</h2>
      <a class="more" href="/agenda/mine.ics" download>${t("As calendar")}</a>
    </header>
    ${
      nothing
        ? html`<${Empty}
          title=${t("No talk is arranged yet.")}
          text=${t("Ask somebody for a time that is free for both of you.")}
          ><a class="btn" href="/people"><${Icon} name="users" />${t("To the people")}</a></${Empty}
        >`
        : null
    }
    <${Group} house=${house} title=${t("The agenda has moved")} of=${moved} draw=${Moved} />
    <${Group} house=${house} title=${t("Waiting for your answer")} of=${asked} draw=${Asked} />
    <${Group}
      house=${house}
      title=${t("Inbox of {organisation}", { organisation: me.organisation })}
      of=${inbox}
      draw=${InInbox}
    />
    <${Group} house=${house} title=${t("Agreed")} of=${agreed} draw=${Agreed} />
    <${Group} house=${house} title=${t("You have asked")} of=${waiting} draw=${Waiting} />
    <${Group} house=${house} title=${t("Came to nothing")} of=${past} draw=${Past} />
    <${Companies} house=${house} />
  </section>`;
}

/** Every company one can ask as a whole: whoever of it has time answers. */
/** @param {{ house: House }} given */
function Companies({ house }) {
  const me = house.me.value;
  const rule = house.lounge().shown.value?.rules.between;
  const names = organisations(house.foyer().shown.value?.people ?? {});
  if (!me || !rule || me.role === "rep" || !sidesFit(rule, me.role, "rep")) return null;
  if (!names.length) return null;
  return html`<details class="companies">
    <summary>${t("Ask a company")}</summary>
    <p class="soft">${t("Whoever of the company has time answers you.")}</p>
    <ul role="list">
      ${names.map(
        (name) => html`<li key=${name}>
          <span class="name">${name}</span><${Ask} house=${house} organisation=${name} />
        </li>`,
      )}
    </ul>
  </details>`;
}

/** @param {{ house: House, title: string, of: Booking[], draw: any }} given */
const Group = ({ house, title, of, draw: Draw }) =>
  of.length
    ? html`<h3>${title} <span class="soft num">${of.length}</span></h3>
        <ul role="list">
          ${of.map(
            (booking) => html`<li key=${booking.id} data-booking=${booking.id}>
              <${Draw} house=${house} booking=${booking} />
            </li>`,
          )}
        </ul>`
    : null;

/** The agenda needs one of the two elsewhere: the nearest other times, each one click. */
/** @param {Given} given */
function Moved({ house, booking }) {
  const conflict = /** @type {import("../../wire.d.ts").Conflict} */ (booking.conflict);
  const left = conflict.proposals.filter((slot) => slot > beat.value);
  return html`<${Head} house=${house} booking=${booking}>
      <p class="warn">
        <${Icon} name="circle-alert" />${elsewhere(house, booking, conflict.people)}
      </p>
      <p class="soft">
        ${
          left.length
            ? t("Choose another time. Otherwise it moves by itself to the next one free for both.")
            : t("No other time is free for both of you so far.")
        }
      </p>
    </${Head}>
    <${Acts} house=${house} booking=${booking}>
      ${left.map(
        (slot, place) => html`<button
          key=${slot}
          class=${place === 0 ? "btn primary" : "btn"}
          type="button"
          onClick=${() => move(house, booking, slot)}
        >
          ${t("Move to {time}", { time: when(slot) })}
        </button>`,
      )}
      <${MoveElsewhere} house=${house} booking=${booking} />
      <${CancelButton} house=${house} booking=${booking} />
    </${Acts}>`;
}

/**
 * @param {House} house
 * @param {Booking} booking
 * @param {string[]} people who of the two cannot come
 */
function elsewhere(house, booking, people) {
  const me = house.me.value?.id ?? "";
  const time = when(booking.slots[0]);
  if (people.length > 1) return t("At {time} both of you are needed elsewhere.", { time });
  if (people.includes(me)) return t("At {time} you are needed elsewhere.", { time });
  const name = house.person(otherOf(booking, me))?.name ?? "";
  return t("At {time} {name} is needed elsewhere.", { time, name });
}

/** @param {Given} given */
function Asked({ house, booking }) {
  return html`<${Head} house=${house} booking=${booking}><${Waits} booking=${booking} /></${Head}>
    <${Acts} house=${house} booking=${booking}>
      ${booking.slots.map(
        (slot, place) => html`<button
          key=${slot}
          class=${place === 0 ? "btn primary" : "btn"}
          type="button"
          onClick=${() => say(house, "booking.accept", booking, { slot })}
        >
          <${Icon} name="check" />${t("Agree to {time}", { time: when(slot) })}
        </button>`,
      )}
      <${ProposeElsewhere} house=${house} booking=${booking} />
      <button class="btn" type="button" onClick=${() => say(house, "booking.decline", booking)}>
        ${t("Decline")}
      </button>
      <${HandOn} house=${house} booking=${booking} />
    </${Acts}>`;
}

/** A colleague's: it says who has it and for how long it waits, and can be taken over. */
/** @param {Given} given */
function InInbox({ house, booking }) {
  const owner = house.person(booking.owner)?.name ?? "";
  const me = house.me.value?.id;
  return html`<${Head} house=${house} booking=${booking} other=${booking.asker}>
      <p class="soft">${t("{name} answers.", { name: owner })}</p>
      <${Waits} booking=${booking} />
    </${Head}>
    <${Acts} house=${house} booking=${booking}>
      <button
        class="btn"
        type="button"
        onClick=${() => say(house, "booking.hand-on", booking, { to: me })}
      >
        <${Icon} name="hand" />${t("Take it over")}
      </button>
    </${Acts}>`;
}

/** @param {Given} given */
const Agreed = ({ house, booking }) => html`
  <${Head} house=${house} booking=${booking} ready="yes" />
  <${Acts} house=${house} booking=${booking}>
    <${MoveElsewhere} house=${house} booking=${booking} />
    <${CancelButton} house=${house} booking=${booking} />
  </${Acts}>
`;

/** @param {Given} given */
const Waiting = ({ house, booking }) => html`
  <${Head} house=${house} booking=${booking} ready="wait"><${Waits} booking=${booking} /></${Head}>
  <${Acts} house=${house} booking=${booking}>
    <button class="btn" type="button" onClick=${() => say(house, "booking.cancel", booking)}>
      ${t("Withdraw")}
    </button>
  </${Acts}>
`;

/** @param {Given} given */
const Past = ({ house, booking }) => html`
  <p class="soft">
    ${house.person(otherOf(booking, house.me.value?.id ?? ""))?.name}: ${endedWord(booking)}
  </p>
`;

/**
 * When, with whom, and what was written along.
 * @param {Given & { other?: string, ready?: "yes" | "wait", children?: any }} given
 */
function Head({ house, booking, other, ready, children }) {
  const person = house.person(other ?? otherOf(booking, house.me.value?.id ?? ""));
  return html`<div class="booked">
    <span class="when">
      ${booking.slots.map(
        (slot, place) => html`${place ? html`<span class="soft"> ${t("or")} </span>` : null}<time
            key=${slot}
            datetime=${machineTime(slot)}
            >${when(slot)}</time
          >`,
      )}
      <small class="soft">${roughly(booking.seconds)}</small>
    </span>
    ${person ? html`<${Face} id=${person.id} />` : null}
    <div class="with">
      <span class="name">${person?.name ?? booking.organisation}</span>
      <span class="role">${person ? roleLine(person) : ""}</span>
      ${booking.stands === "asked" && booking.word ? html`<q>${booking.word}</q>` : null}
      ${children}
    </div>
    ${ready ? html`<${Ready} is=${ready} />` : null}
  </div>`;
}

/** The buttons of one entry, named after the other side for those who do not see them. */
/** @param {Given & { children?: any }} given */
const Acts = ({ house, booking, children }) => html`<div
  class="acts"
  role="group"
  aria-label=${house.person(otherOf(booking, house.me.value?.id ?? ""))?.name}
>
  ${children}
</div>`;

/** @param {{ is: "yes" | "wait" }} given */
const Ready = ({ is }) => html`<span class="ready" data-is=${is}
  ><${Icon} name=${is === "yes" ? "circle-check" : "hourglass"} />${
    is === "yes" ? t("accepted") : t("asked")
  }</span
>`;

/** @param {{ booking: Booking }} given */
function Waits({ booking }) {
  const waited = roughly(Math.max(0, beat.value - booking.since));
  const until = booking.expiresAt === null ? "" : timeOfDay(booking.expiresAt);
  return html`<p class="soft waits">
    <${Icon} name="hourglass" />${t("Has waited for {time}; lapses at {until}.", { time: waited, until })}
  </p>`;
}

/** Handing on within the organisation; nothing where there is nobody else. */
/** @param {Given} given */
function HandOn({ house, booking }) {
  const me = house.me.value;
  const mates = colleagues(house.foyer().shown.value?.people ?? {}, me?.organisation ?? "");
  const others = mates.filter(({ id }) => id !== me?.id && id !== booking.asker);
  if (me?.role !== "rep" || booking.turn !== booking.owner || !others.length) return null;
  return html`<${Menu} label=${t("Hand on")} icon="arrow-right" text=${t("Hand on")} class="">
    ${others.map(
      ({ id, name }) => html`<button
        key=${id}
        type="button"
        onClick=${() => say(house, "booking.hand-on", booking, { to: id })}
      >
        ${t("To {name}", { name })}
      </button>`,
    )}
  </${Menu}>`;
}

/** @param {Given} given */
const MoveElsewhere = ({ house, booking }) => html`<${Elsewhere}
  house=${house}
  booking=${booking}
  button=${t("Move")}
  title=${t("To which time?")}
  most=${1}
  label=${t("Move the talk")}
  onChosen=${(/** @type {number[]} */ [slot]) => move(house, booking, slot)}
/>`;

/** @param {Given} given */
const ProposeElsewhere = ({ house, booking }) => html`<${Elsewhere}
  house=${house}
  booking=${booking}
  button=${t("Propose another time")}
  title=${t("Which time suits you?")}
  most=${2}
  label=${t("Propose")}
  onChosen=${(/** @type {number[]} */ slots) => say(house, "booking.propose", booking, { slots })}
/>`;

/** @param {Given & { button: string, title: string, most: number, label: string, onChosen: (slots: number[]) => Promise<unknown> }} given */
function Elsewhere({ booking, button, title, most, label, onChosen }) {
  const [open, setOpen] = useState(false);
  return html`<button class="btn" type="button" onClick=${() => setOpen(true)}>
      <${Icon} name="clock" />${button}
    </button>
    ${
      open
        ? html`<${OtherTimes}
          title=${title}
          booking=${booking.id}
          most=${most}
          label=${label}
          onChosen=${onChosen}
          onClose=${() => setOpen(false)}
        />`
        : null
    }`;
}

/** Cancelling cannot be undone, so it is asked once more. */
/** @param {Given} given */
function CancelButton({ house, booking }) {
  const [open, setOpen] = useState(false);
  const name = house.person(otherOf(booking, house.me.value?.id ?? ""))?.name ?? "";
  return html`<button class="btn" type="button" onClick=${() => setOpen(true)}>
      ${t("Cancel the talk")}
    </button>
    ${
      open
        ? html`<${Dialog}
          title=${t("Cancel the talk with {name}?", { name })}
          onClose=${() => setOpen(false)}
        >
          <p>${t("{name} is told at once.", { name })}</p>
          <div class="acts">
            <button class="btn" type="button" onClick=${() => setOpen(false)}>
              ${t("Leave it as it is")}
            </button>
            <button
              class="btn primary"
              type="button"
              onClick=${() => say(house, "booking.cancel", booking)}
            >
              ${t("Cancel the talk")}
            </button>
          </div>
        </${Dialog}>`
        : null
    }`;
}

/**
 * @param {House} house
 * @param {Booking} booking
 * @param {number} slot
 */
const move = (house, booking, slot) => say(house, "booking.move", booking, { slot });

/**
 * @param {House} house
 * @param {string} type
 * @param {Booking} booking
 * @param {object} [more]
 */
const say = (house, type, booking, more = {}) =>
  attempt(house.do(LOUNGE, { type, booking: booking.id, ...more }));
