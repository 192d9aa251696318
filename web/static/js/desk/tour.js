/** The tour at the desk: where it is, where it goes next, and which stands it visits. */

import { html, useState } from "../../vendor/preact.js";
import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { beside, route } from "../state/tour.js";
import { n, t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").TourShown} TourShown */
/** @typedef {{ desk: Desk, tour: TourShown, stops: string[], all: [string, string][] }} Given */

/** Nothing where the agenda has no tour. */
/** @param {{ desk: Desk, tour: TourShown, fair: import("../../wire.d.ts").FairShown }} given */
export function Tour({ desk, tour, fair }) {
  if (!Object.values(desk.agenda.items).some(({ kind }) => kind === "tour")) return null;
  /** @type {[string, string][]} */
  const all = [
    ...fair.booths.map(({ id, organisation }) => /** @type {[string, string]} */ ([`/booths/${id}`, organisation])),
    ...fair.exhibits.map(({ id, title }) => /** @type {[string, string]} */ ([`/exhibition/${id}`, title])),
  ];
  const stops = route(tour, fair.booths, fair.exhibits).filter((stop) => all.some(([each]) => each === stop));
  const given = { desk, tour, stops, all };
  return html`<div class="part" role="group" aria-labelledby="tour-h">
    <header><h3 id="tour-h">${t("Tour")}</h3>
      ${tour.item && html`<p class="soft" role="status">${n("{n} goes along", "{n} go along", tour.followers)}</p>`}</header>
    ${tour.item ? html`<${Leading} ...${given} />` : html`<p class="soft">${t("It begins with its item in the agenda. You choose the stands before.")}</p>`}
    <${Route} ...${given} />
  </div>`;
}

/** @param {Given} given */
function Leading({ desk, tour, stops, all }) {
  const { before, after } = beside(stops, tour.stop);
  const go = (/** @type {string | undefined} */ stop) =>
    stop && attempt(desk.house.do(LOUNGE, { type: "tour.go", stop }));
  return html`<p>
      ${
        tour.stop
          ? html`<a href=${tour.stop} target="_blank">${nameOf(all, tour.stop)}</a>`
          : t("Nobody has set out yet.")
      }
    </p>
    <div class="acts">
      <button class="btn" type="button" disabled=${!before} onClick=${() => go(before)}>
        <${Icon} name="arrow-left" />${t("Back")}${before && html`<span class="sr">: ${nameOf(all, before)}</span>`}
      </button>
      <button class="btn primary" type="button" disabled=${!after} onClick=${() => go(after)}>
        ${tour.stop ? t("Go on") : t("Set out")}${after && html`<span class="sr">: ${nameOf(all, after)}</span>`}<${Icon} name="arrow-right" />
      </button>
      ${after && html`<span class="soft">${t("next: {name}", { name: nameOf(all, after) })}</span>`}
    </div>`;
}

/** The stands in order; each can be gone to, moved up or left out. @param {Given} given */
function Route({ desk, tour, stops, all }) {
  const [more, setMore] = useState("");
  const plan = (/** @type {string[]} */ chosen) =>
    attempt(desk.house.do(LOUNGE, { type: "tour.plan", stops: chosen }));
  const others = all.filter(([stop]) => !stops.includes(stop));
  const up = (/** @type {number} */ at) =>
    plan([...stops.slice(0, at - 1), stops[at] ?? "", stops[at - 1] ?? "", ...stops.slice(at + 1)]);
  const add = () => {
    if (more) void plan([...stops, more]);
    setMore("");
  };
  return html`<details>
    <summary>${n("{n} stand on the way", "{n} stands on the way", stops.length)}</summary>
    <ol class="stops">
      ${stops.map(
        (stop, at) => html`<li key=${stop} aria-current=${stop === tour.stop ? "step" : undefined}>
          <span>${nameOf(all, stop)}</span>
          <span class="acts">
            ${
              tour.item &&
              html`<button class="btn bare only" type="button" onClick=${() => attempt(desk.house.do(LOUNGE, { type: "tour.go", stop }))}>
                <${Icon} name="map-pin" /><span class="sr">${t("Go to {name}", { name: nameOf(all, stop) })}</span>
              </button>`
            }
            <button class="btn bare only" type="button" disabled=${at === 0} onClick=${() => up(at)}>
              <${Icon} name="arrow-up" /><span class="sr">${t("Move {name} up", { name: nameOf(all, stop) })}</span>
            </button>
            <button class="btn bare only" type="button" onClick=${() => plan(stops.filter((each) => each !== stop))} disabled=${stops.length === 1}>
              <${Icon} name="x" /><span class="sr">${t("Leave {name} out", { name: nameOf(all, stop) })}</span>
            </button>
          </span>
        </li>`,
      )}
    </ol>
    ${
      others.length
        ? html`<div class="acts">
            <div class="field"><label for="tour-more">${t("One more stand")}</label>
              <select id="tour-more" value=${more} onChange=${(/** @type {any} */ event) => setMore(event.target.value)}>
                <option value="">–</option>
                ${others.map(([stop, name]) => html`<option key=${stop} value=${stop}>${name}</option>`)}
              </select></div>
            <button class="btn" type="button" onClick=${add}><${Icon} name="plus" />${t("Add")}</button>
          </div>`
        : null
    }
    ${
      tour.stops.length
        ? html`<button class="btn bare" type="button" onClick=${() => plan([])}>${t("All stands in order")}</button>`
        : html`<button class="btn bare" type="button" onClick=${() => plan(stops.filter((stop) => stop.startsWith("/booths/")))} disabled=${!stops.some((stop) => stop.startsWith("/booths/"))}>${t("Booths alone")}</button>`
    }
  </details>`;
}

/**
 * @param {[string, string][]} all
 * @param {string | undefined} stop
 */
const nameOf = (all, stop) => all.find(([each]) => each === stop)?.[1] ?? "";
