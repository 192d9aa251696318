/** The banner for those whom the stage waits for. */

import { html } from "../../vendor/preact.js";
import { Banner } from "../parts/banner.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { t } from "../words.js";

/** @typedef {"invited" | "on" | "next" | null} Call */

/**
 * What the stage wants of this person, if anything. Nobody is ever moved by force.
 * @param {import("../../wire.d.ts").FloorShown} floor
 * @param {string} me
 * @returns {Call}
 */
export function call(floor, me) {
  if (Object.values(floor.seats).some((seating) => seating?.person === me)) return null;
  if (floor.invited.includes(me)) return "invited";
  if (floor.live?.people.includes(me)) return "on";
  return floor.upcoming[0]?.people.includes(me) ? "next" : null;
}

/**
 * Whether the green room is open to this person.
 * @param {import("../../wire.d.ts").FloorShown} floor
 * @param {string} me
 */
export const belongs = ({ live, upcoming, seats, greenRoom, invited }, me) =>
  me in greenRoom ||
  invited.includes(me) ||
  Object.values(seats).some((seating) => seating?.person === me) ||
  [live, ...upcoming].some((slot) => slot?.people.includes(me));

/**
 * @param {import("../screens/stage.js").Stage} stage
 * @returns {any} the banner or null
 */
export function callBanner({ house, room, pitch, me, id }) {
  const called = call(pitch.floor, me);
  if (!called) return null;
  const words = {
    invited: {
      title: t("You are invited to the guest's seat."),
      text: t("Look at your camera in the green room first. You go on stage yourself."),
    },
    on: {
      title: t("It is your turn."),
      text: t("The stage waits for you. You go on stage yourself."),
    },
    next: {
      title: t("You are next."),
      text: t("The green room is open. You go on stage yourself."),
    },
  }[called];
  return html`
    <${Banner} title=${words.title} text=${words.text}>
      <a class="btn primary" href=${`/stage/${id}/green-room`}
        ><${Icon} name="door-open" />${t("To the green room")}</a
      >
      ${
        called === "invited"
          ? html`<button
            class="btn"
            type="button"
            onClick=${() => attempt(house.do(room, { type: "floor.decline" }))}
          >
            ${t("No, thank you")}
          </button>`
          : null
      }
    </${Banner}>
  `;
}
