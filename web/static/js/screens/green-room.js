/** The green room, which becomes the speaker's view as soon as one is on stage. */

import { Backstage } from "../green/backstage.js";
import { Consent } from "../green/consent.js";
import { notice } from "../green/banner.js";
import { Ear } from "../green/ear.js";
import { Letters } from "../green/letters.js";
import { Programme } from "../green/programme.js";
import { Self } from "../green/self.js";
import { Seen, Speaking } from "../green/speaking.js";
import { beat } from "../clock.js";
import { enter } from "../house.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { timeOfDay } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

const DESK = ["moderator", "organiser"];

const { house, config } = await enter();
const room = new Backstage(house, config.stage ?? "");

mount({
  house,
  ready: () => room.ready.value,
  room: () => html`<${Room} /><${Ears} />`,
  notice: () => notice(room),
});
room.start();

/** Outside of what changes with the way to the stage, so that nothing cuts a word off. */
const Ears = () => html`<${Ear}
  viewer=${room.viewer} floor=${room.floor} me=${room.me} sound=${room.sound}
  speakerId=${room.kit.state.value.speakerId}
/>`;

function Room() {
  const { is } = room.standing.value;
  const heading = html`<h1 class="sr">
    ${t("Green room of {stage}", { stage: room.stage?.name ?? "" })}
  </h1>`;
  if (is === "away") return html`${heading}<${Away} /><${Programme} room=${room} />`;
  if (is === "seated") {
    return html`${heading}
      <${Self} room=${room} />
      <${Speaking} room=${room} />
      <${Letters} room=${room}><${Seen} room=${room} /></${Letters}>`;
  }
  return html`${heading}
    <${Self} room=${room} />
    <${Programme} room=${room} />
    <${Letters} room=${room} />`;
}

/** For those whose turn is over, or not for a long time yet, or on another stage. */
function Away() {
  const turn = room.turn(beat.value);
  const title = turn
    ? t("Your turn is at about {time}.", { time: timeOfDay(turn.at) })
    : t("You have no turn on this stage just now.");
  const text = turn
    ? t("The green room opens for you when three or fewer are before you.")
    : t("Thank you for coming by. Your camera and microphone are off.");
  const moderates = DESK.includes(house.me.value?.role ?? "");
  return html`<section class="self away-room" aria-labelledby="away-h">
    <h2 id="away-h">${title}</h2>
    <p>${text}</p>
    <p class="gear">
      <a class="btn primary" href=${`/stage/${room.stageId}`}>
        <${Icon} name="presentation" />${t("To the stage")}
      </a>
      ${turn &&
      html`<a class="btn" href="/check"><${Icon} name="headphones" />${t("Check my devices")}</a>`}
      ${moderates &&
      html`<a class="btn" href=${`/stage/${room.stageId}/desk`}>
        <${Icon} name="settings" />${t("To the desk")}
      </a>`}
    </p>
    <${Consent} room=${room} />
  </section>`;
}
