/** What happened to a booked talk, in words. */

import { timeOfDay } from "../times.js";
import { t } from "../words.js";
import { when } from "./times.js";

/** @typedef {import("../../wire.d.ts").Booking} Booking */

/**
 * How a talk that came to nothing ended.
 * @param {Booking} booking
 */
export function endedWord(booking) {
  const words = /** @type {Record<string, string>} */ ({
    declined: t("declined"),
    withdrawn: t("withdrawn"),
    cancelled: t("cancelled"),
    expired: t("lapsed without an answer"),
    missed: t("no other time was free for both of you"),
  });
  return words[booking.stands] ?? "";
}

/**
 * What one is told when somebody else, or the agenda, changed something; undefined: nothing.
 * @param {import("../../wire.d.ts").BookingChanged} change
 * @param {string} me the reader's id
 * @param {string} name of the other side
 * @returns {string | undefined}
 */
export function newsOf({ what, booking }, me, name) {
  const time = when(booking.slots[0]);
  const mine = booking.turn === me;
  const news = /** @type {Record<string, string | undefined>} */ ({
    asked: mine ? t("{name} asks you for a talk.", { name }) : undefined,
    "handed-on": mine ? t("{name} asks you for a talk.", { name }) : undefined,
    proposed: mine ? t("{name} proposes another time.", { name }) : undefined,
    agreed: t("{name} has agreed: you talk at {time}.", { name, time }),
    declined: t("{name} has no time for a talk.", { name }),
    moved: t("Your talk with {name} is now at {time}.", { name, time }),
    cancelled: t("Your talk with {name} at {time} is cancelled.", { name, time: timeOfDay(booking.slots[0]) }),
    "in-conflict": t("The agenda has moved: your talk with {name} needs another time.", { name }),
    fits: t("Your talk with {name} fits into the agenda again.", { name }),
    missed: t("For your talk with {name} no other time was free.", { name }),
  });
  return news[what];
}
