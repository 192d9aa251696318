/** What of the board is wanted; the same question as in server/board.py. */

/** @typedef {import("../../wire.d.ts").Job} Job */

/**
 * A CV card as it hangs for the reader, see server/cardfaces.py.
 * @typedef {object} Face
 * @property {string} card
 * @property {number} revision
 * @property {number} at
 * @property {string} degree
 * @property {string} field
 * @property {string[]} topics
 * @property {string} available
 * @property {string} seeks
 * @property {string} name
 * @property {string} person
 * @property {string[]} contact
 * @property {boolean} pdf
 * @property {boolean} mine
 * @property {boolean} asked
 * @property {string[]} granted
 */
/**
 * One thing that hangs.
 * @typedef {object} Pinned
 * @property {string} id
 * @property {number} at
 * @property {string} words all that may be searched, in small letters
 * @property {string[]} topics
 * @property {string} degree
 * @property {{ job: Job, company: string, marked: boolean } | null} offer
 * @property {Face | null} face
 */
/**
 * Empty is anything.
 * @typedef {Record<"q" | "kind" | "topic" | "place" | "remote" | "degree" | "marked", string>} Wanted
 */

const KEYS = /** @type {const} */ (["q", "kind", "topic", "place", "remote", "degree", "marked"]);

/** What gives a degree away; the same as in web/offers.py. @type {Record<string, RegExp>} */
const LEVELS = {
  bachelor: /bachelor|b\.\s?(?:sc|eng|a)\b/i,
  master: /master|m\.\s?(?:sc|eng|a)\b|diplom/i,
  doctorate: /promo[tv]|doktor|doctor|ph\.?\s?d\b|dr\./i,
  training: /ausbildung|lehre|techniker|meister(?:in|prüfung)?\b|apprentice/i,
};

/**
 * An offer among what hangs.
 * @param {Job} job
 * @param {string} company
 * @param {boolean} marked
 * @param {string} said its kind and place in words
 * @returns {Pinned}
 */
export const ofJob = (job, company, marked, said) => ({
  id: job.id,
  at: job.at,
  words: [job.title, company, said, job.starts, job.degree, ...job.topics].join(" ").toLowerCase(),
  topics: job.topics,
  degree: job.degree,
  offer: { job, company, marked },
  face: null,
});

/**
 * A CV card among what hangs.
 * @param {Face} face
 * @returns {Pinned}
 */
export const ofFace = (face) => ({
  id: face.card,
  at: face.at,
  words: [face.degree, face.field, face.available, face.seeks, face.name, ...face.topics]
    .join(" ")
    .toLowerCase(),
  topics: face.topics,
  degree: face.degree,
  offer: null,
  face,
});

/**
 * @param {Pinned} pinned
 * @param {Wanted} wanted
 */
export function fits({ words, topics, degree, offer }, wanted) {
  const { kind, place, remote, marked } = wanted;
  if (kind && kind !== (offer ? "jobs" : "cards")) return false;
  if (!offer && (place || remote || marked)) return false;
  return (
    wanted.q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word)) &&
    (!wanted.topic || topics.some((topic) => same(topic, wanted.topic))) &&
    (!wanted.degree || (LEVELS[wanted.degree]?.test(degree) ?? false)) &&
    (!offer || !place || same(offer.job.place, place)) &&
    (!offer || !remote || offer.job.remote === remote) &&
    (!marked || (offer?.marked ?? false))
  );
}

/**
 * @param {string} one
 * @param {string} other
 */
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

/**
 * What the form asks for.
 * @param {FormData} form
 * @param {string} kind which of the kinds is pressed
 * @returns {Wanted}
 */
export function wantedOf(form, kind) {
  const said = KEYS.map((key) => [key, key === "kind" ? kind : String(form.get(key) ?? "").trim()]);
  return /** @type {Wanted} */ (Object.fromEntries(said));
}

/**
 * The address of the same page as the form has it.
 * @param {Wanted} wanted
 */
export function addressOf(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value);
  return given.length ? `/board?${new URLSearchParams(given)}` : "/board";
}

/**
 * The newest first.
 * @param {Pinned} a
 * @param {Pinned} b
 */
export const newest = (a, b) => b.at - a.at;
