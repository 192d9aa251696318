/** Leads read without life; what somebody takes back goes at once all the same. */

import { effect } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { tell } from "../parts/toast.js";
import { t } from "../words.js";

const { house } = await enter();
house.foyer();
const fair = house.fair();
mount({ house, ready: () => false, room: () => null });

/** @type {Set<string> | null} */
let known = null;

effect(() => {
  const shown = fair.shown.value;
  if (!shown) return;
  const cards = new Set(Object.keys(shown.visits.cards));
  const pins = shown.pins.inbox;
  for (const row of document.querySelectorAll("[data-lead]")) {
    const basis = row.getAttribute("data-lead");
    const pin = row.getAttribute("data-pin") ?? "";
    const gone =
      (basis === "card" && !cards.has(row.getAttribute("data-person") ?? "")) ||
      (basis === "pin" && (!pins[pin] || pins[pin].state === "withdrawn"));
    if (gone) row.remove();
  }
  const now = new Set([...cards, ...Object.keys(pins)]);
  const news = known !== null && [...now].some((each) => !known?.has(each));
  known = now;
  if (news) {
    tell(t("There is a new lead."), {
      action: { label: t("Show"), act: () => location.reload() },
    });
  }
});

// Swaps are the lounge's: a withdrawal is told to the two alone, so a colleague's page asks again.
house.connection.on("told", ({ event }) => {
  if (event.type !== "contacts.withdrawn") return;
  for (const row of document.querySelectorAll('[data-lead="swap"]')) {
    const both = [row.getAttribute("data-person"), row.getAttribute("data-rep")];
    if (both.includes(event.by) && both.includes(event.to)) row.remove();
  }
});
house.lounge();
