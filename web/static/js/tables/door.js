/** Before one sits down: who is there, how one will be seen, and the way in. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { clock } from "../clock.js";
import { Gear, Mirror, Troubles } from "../green/gear.js";
import { isBlocked } from "../contacts/menu.js";
import { Icon } from "../parts/icon.js";
import { SEATS } from "../state/tables.js";
import { timeOfDay } from "../times.js";
import { t } from "../words.js";
import { names, Places, roomWords } from "./plan.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../../wire.d.ts").Table} Table */

const AGAIN = 300; // seconds until one may knock again where one was turned away

/** @param {{ place: Place, table: Table }} given */
export function Door({ place, table }) {
  useWelcome(place, table);
  const { kit } = place;
  const opened = kit.state.value.camera !== "off" || kit.state.value.microphone !== "off";
  return html`
    <header class="head">
      <p><a href="/tables">${t("All tables")}</a></p>
      <h1>${table.topic}</h1>
      <p class="soft">${names(place.house, table)}</p>
    </header>
    <div class="threshold">
      <div class="at-door">
        <${Places} table=${table} />
        <p class="room">${roomWords(table)}</p>
        <${WayIn} place=${place} table=${table} />
        <p class="soft">${t("Only those at the table see and hear you. Nothing is recorded.")}</p>
      </div>
      <div class="self">
        ${
          opened
            ? html`<${Mirror} kit=${kit} />
              <${Gear} kit=${kit} />
              <${Troubles} kit=${kit} />`
            : html`<button class="btn" type="button" onClick=${() => kit.open()}>
                <${Icon} name="video" />${t("See yourself first")}
              </button>`
        }
      </div>
    </div>
  `;
}

/** @param {{ place: Place, table: Table }} given */
function WayIn({ place, table }) {
  const { tables, me } = place;
  if (!tables) return null;
  const full = Object.keys(table.seats).length >= SEATS;
  const said = was(place, table);
  const away = tables.turnedAway[table.id] ?? -Infinity;
  const knocks = me in (tables.knocks[table.id] ?? {});
  const open = !table.private || tables.welcome.includes(table.id);
  return html`
    ${said && html`<p class="notice" data-tone="soon" role="status"><${Icon} name="info" /><span>${said}</span></p>`}
    ${
      full || table.closesAt !== null || !tables.open
        ? html`<p role="status">${shut(tables.open, table)}</p>`
        : open
          ? html`<button class="btn primary" type="button" onClick=${() => place.sit()}>
              <${Icon} name="armchair" />${t("Sit down")}
            </button>`
          : html`<${AtDoor} place=${place} knocks=${knocks} away=${away} />`
    }
  `;
}

/** @param {{ place: Place, knocks: boolean, away: number }} given */
function AtDoor({ place, knocks, away }) {
  if (knocks) {
    return html`<p class="notice" role="status">
        <${Icon} name="hourglass" /><span>${t("You have knocked. Those at the table have heard it.")}</span>
      </p>
      <button class="btn" type="button" onClick=${() => place.knock(false)}>
        ${t("Wait no longer")}
      </button>`;
  }
  if (clock.now() < away + AGAIN) {
    return html`<p class="notice" role="status">
      <${Icon} name="lock" /><span>${t(
        "The table would like to be among itself just now. You can knock again at {time}.",
        { time: timeOfDay(away + AGAIN) },
      )}</span>
    </p>`;
  }
  return html`<p>${t("This table is private. If you knock, those who sit there decide.")}</p>
    <button class="btn primary" type="button" onClick=${() => place.knock(true)}>
      <${Icon} name="hand" />${t("Knock")}
    </button>`;
}

/**
 * @param {boolean} open
 * @param {Table} table
 */
function shut(open, table) {
  if (!open) return t("The tables are closed just now. The organisers will open them again.");
  return table.closesAt !== null
    ? t("This table is about to close. Please choose another one.")
    : t("All six seats of this table are taken. Please choose another one.");
}

/**
 * Why one sits here no longer, if one did.
 * @param {Place} place
 * @param {Table} table
 */
function was(place, table) {
  const how = place.was.value;
  if (how === "rose") return t("You have got up.");
  if (how !== "lost") return "";
  return Object.keys(table.seats).some((person) => isBlocked(place.house, person))
    ? t("You have got up, since somebody sits here whom you keep away.")
    : t("Your seat was given back. If one is free, you are welcome to sit down again.");
}

/**
 * Whoever knocked and is let in sits down without another click.
 * @param {Place} place
 * @param {Table} table
 */
function useWelcome(place, table) {
  const waited = useRef(false);
  const knocks = place.me in (place.tables?.knocks[table.id] ?? {});
  const welcome = place.tables?.welcome.includes(table.id) ?? false;
  useEffect(() => {
    if (waited.current && welcome) void place.sit();
    waited.current = knocks;
  }, [knocks, welcome]);
}
