/** Tells of booked talks wherever in the house one is: a line at the thumb, and the way there. */

import { tell } from "../parts/toast.js";
import { between, otherOf } from "../state/bookings.js";
import { t } from "../words.js";
import { newsOf } from "./words.js";

/**
 * Listen from now on to what others, or the agenda, change.
 * @param {import("../house.js").House} house
 */
export function tellOfBookings(house) {
  house.lounge();
  house.connection.on("told", ({ event }) => {
    if (event.type === "booking.changed") tellOf(house, event);
  });
}

/**
 * @param {import("../house.js").House} house
 * @param {import("../../wire.d.ts").BookingChanged} change
 */
function tellOf(house, change) {
  const me = house.me.peek()?.id ?? "";
  if (change.by === me || !between(change.booking, me)) return;
  const name = house.person(otherOf(change.booking, me))?.name ?? "";
  const news = newsOf(change, me, name);
  if (!news) return;
  const there = location.pathname === "/talks";
  const action = { label: t("To the talks"), act: () => location.assign("/talks#bookings-h") };
  tell(news, there ? {} : { action });
}
