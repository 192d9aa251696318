/** One's own ranked list: moved by buttons, or with Alt and the arrow keys. */

import { announce } from "../parts/announce.js";
import { Icon } from "../parts/icon.js";
import { PersonLine } from "../parts/person.js";
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";
import { wish } from "./deeds.js";

/** @typedef {import("../house.js").House} House */

/** @param {{ house: House }} given */
export function WishList({ house }) {
  const shown = house.lounge().shown.value;
  const here = new Set(house.foyer().shown.value?.presence.here ?? []);
  const away = new Set(shown?.safety.blocked ?? []);
  const list = (shown?.wishes.mine ?? []).filter((id) => house.person(id) && !away.has(id));
  const focus = /** @type {{ current: string | null }} */ (useRef(null));
  useEffect(() => {
    if (!focus.current) return;
    refocus(focus.current);
    focus.current = null;
  }, [list.join()]);
  if (!list.length) {
    return html`<p>${t("Nobody yet. You get good partners all the same: topics and kinds of work count as well.")}</p>`;
  }
  const move = async (/** @type {string} */ person, /** @type {number} */ to, /** @type {string} */ button) => {
    if (to < 0 || to >= list.length) return;
    focus.current = button; // the line moves in the page and would lose it
    // What the reader does not see in between counts as well.
    const place = shown?.wishes.mine.indexOf(list[to] ?? "") ?? to;
    if ((await wish(house, person, place)) === undefined) return;
    const name = house.person(person)?.name ?? "";
    announce(t("{name} is number {place} on your list.", { name, place: to + 1 }));
  };
  const off = async (/** @type {string} */ person) => {
    if ((await wish(house, person, null)) === undefined) return;
    announce(t("{name} is off your list.", { name: house.person(person)?.name ?? "" }));
  };
  const keys = (/** @type {any} */ event, /** @type {string} */ person, /** @type {number} */ place) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[/** @type {string} */ (event.key)];
    if (!event.altKey || !step) return;
    event.preventDefault();
    move(person, place + step, event.target.id);
  };
  return html`<ol class="wish-list">
    ${list.map((person, place) => {
      const known = /** @type {import("../../wire.d.ts").Person} */ (house.person(person));
      const { name } = known;
      return html`<li key=${person} onKeyDown=${(/** @type {any} */ event) => keys(event, person, place)}>
        <${PersonLine} person=${known} away=${!here.has(person)} />
        <div class="acts">
          <button
            id=${`up-${person}`} class="btn bare only" type="button" disabled=${place === 0}
            aria-keyshortcuts="Alt+ArrowUp" onClick=${() => move(person, place - 1, `up-${person}`)}
          ><${Icon} name="arrow-up" /><span class="sr">${t("Move {name} up", { name })}</span></button>
          <button
            id=${`down-${person}`} class="btn bare only" type="button" disabled=${place === list.length - 1}
            aria-keyshortcuts="Alt+ArrowDown" onClick=${() => move(person, place + 1, `down-${person}`)}
          ><${Icon} name="arrow-down" /><span class="sr">${t("Move {name} down", { name })}</span></button>
          <button class="btn bare only" type="button" onClick=${() => off(person)}
          ><${Icon} name="x" /><span class="sr">${t("Take {name} off the list", { name })}</span></button>
        </div>
      </li>`;
    })}
  </ol>`;
}

/**
 * The button pressed last; its neighbour if it can do no more.
 * @param {string} id
 */
function refocus(id) {
  const button = /** @type {HTMLButtonElement | null} */ (document.getElementById(id));
  const other = button?.parentElement?.querySelector("button:not([disabled])");
  const able = button?.disabled ? other : button;
  if (able instanceof HTMLElement) able.focus();
}
