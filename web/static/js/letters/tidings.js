/** Tells of letters wherever in the house one is: a line at the thumb, and the way there. */

import { tell } from "../parts/toast.js";
import { t } from "../words.js";
import { newsOf } from "./words.js";

/**
 * Listen from now on.
 * @param {import("../house.js").House} house
 */
export function tellOfLetters(house) {
  const lounge = house.lounge();
  house.connection.on("told", ({ event }) => {
    if (event.type !== "post.brought") return;
    const booth = lounge.shown.peek()?.exhibitors.find((each) => each.id === event.booth);
    const own = event.news === "answered" || event.news === "closed";
    const way = own ? "/letters" : `/booths/${event.booth}/inbox`;
    const words = newsOf(event.news, booth?.organisation ?? "");
    if (!words || !booth) return;
    const action = { label: own ? t("To my letters") : t("To the inbox"), act: () => location.assign(way) };
    tell(words, location.pathname === way ? {} : { action });
  });
}
