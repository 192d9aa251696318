/** All tables of the lounge, as they fill and empty. */

import { effect, html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { inOrder } from "../state/tables.js";
import { Card } from "../tables/plan.js";
import { t } from "../words.js";

const { house } = await enter();
const foyer = house.foyer();
const lounge = house.lounge();

function List() {
  const tables = lounge.shown.value?.tables;
  if (!tables) return null;
  const all = inOrder(tables);
  if (!all.length) {
    return html`<p class="soft">
      ${
        tables.open
          ? t("No table is open yet. Open the first one: others see its topic and sit down with you.")
          : t("The tables are closed just now. The organisers will open them again.")
      }
    </p>`;
  }
  const me = house.me.value?.id ?? "";
  return html`<ul class="round-tables" role="list">
    ${all.map((table) => html`<${Card} key=${table.id} house=${house} table=${table} me=${me} />`)}
  </ul>`;
}

const waiting = effect(() => {
  if (lounge.shown.value === null || foyer.shown.value === null) return;
  queueMicrotask(() => {
    waiting();
    const place = document.querySelector('[data-live="tables"]');
    place?.replaceChildren();
    if (place) render(html`<${List} />`, place);
  });
});
mount({ house, ready: () => false, room: () => null });
