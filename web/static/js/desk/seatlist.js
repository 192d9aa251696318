/** Seats and green room: everybody the desk has to do with, and what it may do for them. */

import { Gear, Troubles } from "../green/gear.js";
import { Icon } from "../parts/icon.js";
import { Figure, Place } from "../parts/person.js";
import { Video } from "../parts/video.js";
import { html, useEffect } from "../../vendor/preact.js";
import { sighted } from "../state/insurance.js";
import { t } from "../words.js";
import { Menu } from "../parts/menu.js";
import { previewed } from "./pictures.js";
import { Recording } from "./recording.js";
import { places } from "./seats.js";
import { Sources } from "./sources.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./seats.js").Place} PlaceT */

const LAMPS = { yes: "circle-check", wait: "hourglass", no: "circle-alert", off: "circle-dashed" };

/** @param {{desk: Desk}} props */
export function Seats({ desk }) {
  const { floor, presence, insurance } = desk.pitch;
  const all = places(sighted(floor, insurance), desk.foyer.checks, presence.here);
  return html`<section class="seats" aria-labelledby="seats-h">
    <header>
      <h2 id="seats-h">${t("Seats and green room")}</h2>
      <${GuestMenu} desk=${desk} />
    </header>
    <ul role="list">
      <${Hands} desk=${desk} />
      ${all.map((place) => html`<${Seat} key=${place.person} desk=${desk} place=${place} />`)}
    </ul>
    ${!all.length && html`<p class="soft">${t("Nobody is on stage or in the green room yet.")}</p>`}
    <${Sources} desk=${desk} />
    <${Recording} desk=${desk} />
    <${OwnSeat} desk=${desk} />
  </section>`;
}

/** @param {{desk: Desk, place: PlaceT}} props */
function Seat({ desk, place }) {
  const { person, is, ready, what } = place;
  const known = desk.foyer.people[person];
  return html`<li class="seat" data-person=${person}>
    <${Picture} desk=${desk} place=${place} />
    <div>
      <span class="name">${desk.name(person)}</span> ${known && html`<${Place} place=${known.place} />`}
      <br /><span class="what">${seatWords(desk, place)}${what}</span>
      <${LastWord} desk=${desk} person=${person} />
    </div>
    <span class="row-side">
      <span class="ready" data-is=${is}><${Icon} name=${LAMPS[is]} />${ready}</span>
      <${SeatMenu} desk=${desk} place=${place} />
    </span>
  </li>`;
}

/**
 * @param {Desk} desk
 * @param {PlaceT} place
 */
function seatWords(desk, { seat, next, person }) {
  const { floor } = desk.pitch;
  if (seat === "speaker" && floor.wrapUpAt !== null) return `${t("asked to wrap up")}, `;
  if (seat === "moderator") return `${t("moderator's seat")}, `;
  if (seat === "guest") return `${t("guest's seat")}, `;
  if (!seat && floor.live?.people.includes(person)) return `${t("on now, not on the seat yet")}, `;
  return next && !seat ? `${t("comes next")}, ` : "";
}

/** @param {{desk: Desk, place: PlaceT}} props */
function Picture({ desk, place }) {
  const { person, seat } = place;
  const feed = seat ?? (previewed(desk.pitch.floor) === person ? "preview" : null);
  const stream = feed && desk.viewer.pictures.value.has(feed) && desk.viewer.streams.value[feed];
  const frame = seat === "speaker" ? "on-air" : "";
  return stream
    ? html`<${Video} stream=${stream} class=${frame} name=${t("Camera of {name}", { name: desk.name(person) })} />`
    : html`<${Figure} id=${person} class=${frame} />`;
}

/** The newest line between the desk and somebody. @param {{desk: Desk, person: string}} props */
function LastWord({ desk, person }) {
  const last = desk.pitch.floor.prompts.findLast((each) => each.person === person);
  if (!last || last.by !== person) return null;
  return html`<button class="letter-line" type="button" onClick=${() => desk.writeTo(person)}>
    <${Icon} name="message-square" /><span>${last.text}</span>
  </button>`;
}

/** @param {{desk: Desk, place: PlaceT}} props */
function SeatMenu({ desk, place }) {
  const { person, seat } = place;
  if (person === desk.me) return null;
  const name = desk.name(person);
  return html`<${Menu} label=${t("More for {name}", { name })}>
    ${seat === "speaker" &&
    html`<button type="button" onClick=${() => desk.do({ type: "floor.wrap-up" })}>
      ${t("Ask silently to wrap up")}
    </button>`}
    <button type="button" onClick=${() => desk.writeTo(person)}>${t("Write a message")}</button>
    ${seat &&
    html`<button type="button" onClick=${() => desk.do({ type: "floor.clear-seat", seat, person })}>
      ${t("Clear the seat")}
    </button>`}
    ${!seat &&
    html`<button type="button" onClick=${() => desk.do({ type: "floor.invite", person, on: true })}>
      ${t("Offer the guest's seat")}
    </button>`}
  </${Menu}>`;
}

/** Raised hands and open invitations. @param {{desk: Desk}} props */
function Hands({ desk }) {
  const { hands, invited } = desk.pitch.floor;
  const raised = Object.keys(hands).sort((one, other) => (hands[one] ?? 0) - (hands[other] ?? 0));
  const people = [...new Set([...raised, ...invited])];
  return people.map((person) => {
    const on = !invited.includes(person);
    return html`<li class="seat" key=${`hand-${person}`} data-hand=${person}>
      <${Figure} id=${person} />
      <div>
        <span class="name">${desk.name(person)}</span><br />
        <span class="what">${on ? t("would like to speak") : t("is offered the guest's seat")}</span>
      </div>
      <button
        class="btn" type="button"
        onClick=${() => desk.do({ type: "floor.invite", person, on })}
      >
        <${Icon} name=${on ? "hand" : "x"} />${on ? t("Fetch") : t("Take back")}
      </button>
    </li>`;
  });
}

/** Anybody here may be offered the guest's seat. @param {{desk: Desk}} props */
function GuestMenu({ desk }) {
  const { floor, presence } = desk.pitch;
  const seated = Object.values(floor.seats).map((each) => each?.person);
  const people = presence.here
    .filter((person) => !seated.includes(person) && !floor.invited.includes(person))
    .filter((person) => person !== desk.me)
    .sort((one, other) => desk.name(one).localeCompare(desk.name(other)));
  return html`<${Menu} label=${t("Fetch a guest")} text=${t("Fetch a guest")} icon="plus">
    ${!people.length && html`<p class="soft">${t("Nobody else is in the room.")}</p>`}
    ${people.map(
      (person) =>
        html`<button
          type="button" key=${person}
          onClick=${() => desk.do({ type: "floor.invite", person, on: true })}
        >
          ${desk.name(person)}
        </button>`,
    )}
  </${Menu}>`;
}

/** The moderator's own seat, camera and microphone. @param {{desk: Desk}} props */
function OwnSeat({ desk }) {
  const { floor } = desk.pitch;
  const mine = floor.seats.moderator?.person === desk.me;
  const lit = `${desk.me}/camera` in floor.lights;
  useEffect(() => {
    // Back after a crash, or on a second device: send again unless another window does.
    if (mine && !lit && desk.kit.sending.peek() === "off") void desk.kit.send();
  }, [mine, lit]);
  useEffect(() => {
    if (mine) desk.sound.value = true; // who leads through the evening must hear it
    else desk.kit.putAway();
  }, [mine]);
  const take = async () => {
    await desk.kit.send();
    await desk.do({ type: "floor.take-seat", seat: "moderator" });
  };
  if (!mine) {
    return html`<p class="own-seat">
      <button class="btn" type="button" onClick=${take}>
        <${Icon} name="theater-seat" />${t("Take the moderator's seat")}
      </button>
      <small class="soft">${t("Then everybody sees and hears you.")}</small>
    </p>`;
  }
  return html`<div class="own-seat">
    <${Gear} kit=${desk.kit}>
      <button class="btn leave" type="button" onClick=${() => desk.do({ type: "floor.leave-seat" })}>
        <${Icon} name="log-out" />${t("Leave the seat")}
      </button>
    </${Gear}>
    <${Troubles} kit=${desk.kit} />
  </div>`;
}
