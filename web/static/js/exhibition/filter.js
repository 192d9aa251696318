/** Which works are wanted; the same question as in server/exhibition.py. */

/** @typedef {{ words: string, kind: string, topics: string[] }} Entry in small letters */
/** @typedef {{ q: string, kind: string, topic: string }} Wanted */

/**
 * @param {Entry} entry
 * @param {Wanted} wanted empty is anything
 */
export const fits = (entry, { q, kind, topic }) =>
  q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => entry.words.includes(word)) &&
  (!kind || entry.kind === kind) &&
  (!topic || entry.topics.includes(topic.toLowerCase()));

/**
 * What the form asks for.
 * @param {FormData} form
 * @returns {Wanted}
 */
export function wantedOf(form) {
  const given = (/** @type {string} */ key) => String(form.get(key) ?? "").trim();
  return { q: given("q"), kind: given("kind"), topic: given("topic") };
}

/**
 * The address of the same page as the form has it.
 * @param {Wanted} wanted
 */
export function addressOf(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value);
  return given.length ? `/exhibition?${new URLSearchParams(given)}` : "/exhibition";
}
