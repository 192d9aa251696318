/** What goes to and from the house about letters: not over the rooms, which remember. */

import { asked, posted } from "../contacts/letters.js";
import { attempt } from "../parts/toast.js";
import { stamp } from "../state/letters.js";
import { useEffect, useState } from "../../vendor/preact.js";

/** @typedef {import("../contacts/letters.js").Card} Card */
/** @typedef {import("../contacts/letters.js").Field} Field */
/** @typedef {import("../contacts/letters.js").Note} Note */

/**
 * @typedef {object} OwnLetter as server/letters.py tells it
 * @property {string} id
 * @property {string} booth
 * @property {string} organisation
 * @property {number} at
 * @property {string} state
 * @property {boolean} late
 * @property {number} since
 * @property {string} ownerName
 * @property {string} answeredBy
 * @property {string} promise
 * @property {string} text
 * @property {string} answer
 */

/**
 * @typedef {object} Slip what a booth's letterbox needs to know of its reader
 * @property {Card} mine
 * @property {string} suggested
 * @property {{ fields: Field[], at: number, until: number } | null} card
 * @property {{ until: number, chosen: boolean }[]} choices
 * @property {string} promise
 * @property {string} ownerName
 * @property {OwnLetter[]} letters
 */

/**
 * @typedef {object} Item one thing in an inbox, as server/inbox.py tells it
 * @property {string} id
 * @property {"letter" | "card" | "pin" | "booking"} kind
 * @property {number} at
 * @property {string} state
 * @property {boolean} done
 * @property {boolean} late
 * @property {string | null} person
 * @property {string} name
 * @property {string} organisation
 * @property {string | null} owner
 * @property {string} ownerName
 * @property {string} text
 * @property {string} answer
 * @property {string} answeredBy
 * @property {number} since
 * @property {string} job
 * @property {string} jobTitle
 * @property {string} card
 * @property {Field[]} fields
 * @property {number | null} until
 * @property {number[]} slots
 * @property {Note} note
 */

/**
 * Carry something out; says why, if it was refused.
 * @param {string} address
 * @param {Record<string, string>} [form]
 * @returns {Promise<boolean>} whether it was done
 */
export const send = async (address, form = {}) =>
  (await attempt(posted(address, form))) !== undefined;

/**
 * What an address tells, asked again whenever letters, cards or pins of the reader change.
 * @template T
 * @param {import("../house.js").House} house
 * @param {string} address
 * @param {string} [also] something else that makes it read otherwise
 * @returns {[T | null, () => Promise<void>]} and a way to ask at once
 */
export function useTold(house, address, also = "") {
  const [found, keep] = useState(/** @type {T | null} */ (null));
  const news = stamp(house.fair().shown.value) + also;
  const read = async () => {
    const answer = await attempt(asked(address, {}));
    if (answer) keep(answer);
  };
  useEffect(() => void (news && read()), [address, news]);
  return [found, read];
}
