/** One table: its door, then those who sit there. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { announce } from "../parts/announce.js";
import { Empty } from "../parts/empty.js";
import { mount } from "../parts/page.js";
import { callBanner } from "../tables/calls.js";
import { Door } from "../tables/door.js";
import { Place } from "../tables/place.js";
import { Sitting } from "../tables/sitting.js";
import { t } from "../words.js";

const { house, config } = await enter();
const foyer = house.foyer();
const lounge = house.lounge();
const place = new Place(house, config.table ?? "");

function Room() {
  const { table } = place;
  useArrivals();
  if (!table) return html`<${Gone} />`;
  return place.sits
    ? html`<${Sitting} place=${place} table=${table} />`
    : html`<${Door} place=${place} table=${table} />`;
}

const Gone = () => html`
  <div class="threshold">
    <${Empty}
      title=${place.was.value === "never" ? t("This table is not there any more.") : t("The table is closed. It was good to have you.")}
    >
      <a class="btn primary" href="/tables">${t("All tables")}</a>
    </${Empty}>
  </div>
`;

/** Say who comes and goes, to those who do not see it. */
function useArrivals() {
  const before = useRef(/** @type {Set<string> | null} */ (null));
  const seats = Object.keys(place.sits ? (place.table?.seats ?? {}) : {});
  useEffect(() => {
    const now = new Set(seats.filter((person) => person !== place.me));
    const known = before.current;
    before.current = place.sits ? now : null;
    if (!known || !place.sits) return;
    const name = (/** @type {string} */ id) => house.person(id)?.name ?? t("Somebody");
    for (const id of now) if (!known.has(id)) announce(t("{name} sits down.", { name: name(id) }));
    for (const id of known) if (!now.has(id)) announce(t("{name} gets up.", { name: name(id) }));
  }, [seats.join()]);
}

place.start();
mount({
  house,
  ready: () => lounge.shown.value !== null && foyer.shown.value !== null && house.me.value !== null,
  room: Room,
  notice: () => callBanner(place),
});
