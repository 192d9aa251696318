/** Before one is in a talk: who waits, where it is, one's own picture, one click. */

import { Level, Mirror } from "../green/gear.js";
import { beat } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { html, useEffect } from "../../vendor/preact.js";
import { reading } from "../state/breakouts.js";
import { length } from "../times.js";
import { n, t } from "../words.js";
import { Troubles } from "./switches.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk, talk: Breakout }} given */
export function Door({ room, talk }) {
  const { equipment } = room;
  const { camera } = equipment.state.value;
  useEffect(() => {
    if (room.atTable.value) return;
    void equipment.allowed().then((yes) => (yes ? equipment.devices.open() : undefined));
  }, []);
  return html`<section class="talk-door" aria-label=${t("Before you go in")}>
    ${
      !room.atTable.value &&
      html`<div class="self">
        <${Mirror} kit=${equipment} />
        <${Level} level=${equipment.level} />
        <${Troubles} room=${room} />
      </div>`
    }
    <div class="at-door">
      <p class="lead" role="status">${waiting(room, talk)}</p>
      <p class="soft">${left(talk, beat.value)}</p>
      <button class="btn primary big" type="button" onClick=${() => room.enter()}>
        <${Icon} name="door-open" />${room.atTable.value ? t("I am at the table") : t("Enter the talk")}
      </button>
      ${
        camera === "off" && !room.atTable.value
          ? html`<button class="btn" type="button" onClick=${() => equipment.devices.open()}>
                <${Icon} name="video" />${t("See myself first")}
              </button>
              <p class="soft"><small>${t("Your browser asks for camera and microphone. You can come in without them as well, and write.")}</small></p>`
          : null
      }
    </div>
  </section>`;
}

/**
 * @param {Talk} room
 * @param {Breakout} talk
 */
function waiting(room, talk) {
  const there = room.others.filter((each) => each in talk.entered);
  if (!there.length) return t("The room is open. Be the first to come in.");
  return n("{name} is there and waits for you.", "{name} are there and wait for you.", there.length, {
    name: room.names,
  });
}

/**
 * @param {Breakout} talk
 * @param {number} now
 */
function left(talk, now) {
  const { farewell, seconds } = reading(talk, now);
  return farewell
    ? t("You are just saying goodbye.")
    : t("{time} left until goodbye.", { time: length(seconds) });
}
