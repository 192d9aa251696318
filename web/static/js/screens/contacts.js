/** One's contacts read without life; what somebody takes back goes at once all the same. */

import { effect } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { tell } from "../parts/toast.js";
import { t } from "../words.js";

const { house } = await enter();
house.foyer();
const lounge = house.lounge();
mount({ house, ready: () => false, room: () => null });

/** @type {Set<string> | null} */
let asked = null;

effect(() => {
  const shown = lounge.shown.value;
  if (shown === null) return;
  const { mine, theirs } = shown.contacts;
  for (const entry of document.querySelectorAll("[data-swapped]")) {
    const person = entry.getAttribute("data-swapped") ?? "";
    if (!mine[person] || !theirs[person]) takeAway(entry);
  }
  const now = new Set(Object.keys(theirs));
  const news = asked && [...now].find((person) => !asked?.has(person));
  asked = now;
  if (news) tellOf(news);
});

/** @param {Element} entry */
function takeAway(entry) {
  entry.removeAttribute("data-swapped");
  const words = document.createElement("p");
  words.className = "soft";
  words.textContent = t("These contacts are no longer shared.");
  entry.querySelector("[data-shown]")?.replaceWith(words);
}

/** @param {string} person */
function tellOf(person) {
  const name = house.person(person)?.name ?? t("Somebody");
  tell(t("{name} would like to swap contacts with you.", { name }), {
    action: { label: t("Show"), act: () => location.reload() },
  });
}
