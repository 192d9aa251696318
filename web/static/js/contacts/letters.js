/** What goes to and from the house about one's card and notes: not over the rooms, which remember. */

import { readConfig } from "../config.js";
import { Refused } from "../connection.js";
import { t } from "../words.js";

/** @typedef {"mail" | "phone" | "card"} Field */
/** @typedef {Record<Field, string>} Card */
/** @typedef {{ text: string, stars: number }} Note */
/** @typedef {{ mine: Card, suggested: string, theirs: Card | null, note: Note }} Swap */

/**
 * One's own card and note, and what somebody shows.
 * @param {string} person
 * @returns {Promise<Swap>}
 */
export const load = (person) => asked(`/contacts/${person}/swap.json`, {});

/**
 * Write on one's own card; other fields stay.
 * @param {Partial<Card>} fields
 */
export const keepCard = (fields) => posted("/contacts/card", fields);

/**
 * @param {string} person
 * @param {Note} note
 */
export const keepNote = (person, { text, stars }) =>
  posted(`/contacts/${person}/note`, { text, stars: String(stars) });

/**
 * @param {string} address
 * @param {Record<string, string>} form
 */
export const posted = (address, form) =>
  asked(address, {
    method: "POST",
    headers: { "X-Csrf": readConfig().csrf ?? "" },
    body: new URLSearchParams(form),
  });

/**
 * @param {string} address
 * @param {RequestInit} request
 * @returns {Promise<any>} what was answered; rejects with `Refused`
 */
export async function asked(address, request) {
  const headers = { Accept: "application/json", ...request.headers };
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(address, { ...request, headers });
  } catch {
    throw new Refused(lost());
  }
  const json = answer.headers.get("content-type")?.startsWith("application/json");
  const body = json ? await answer.json() : null;
  if (!answer.ok) throw new Refused(body?.sentence ?? lost());
  return body;
}

const lost = () => t("The house did not answer. Your words are still here, please try again.");
