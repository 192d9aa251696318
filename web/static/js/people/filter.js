/** Who of the directory is wanted; the same question as in server/directory.py. */

/**
 * @typedef {object} Entry
 * @property {string} words all that may be searched, in small letters
 * @property {string} role
 * @property {string[]} topics in small letters
 * @property {string} degree
 * @property {string[]} jobs
 * @property {string[]} languages
 */
/** @typedef {{ q: string, role: string, topic: string, degree: string, job: string, language: string }} Wanted */

/**
 * @param {Entry} entry
 * @param {Wanted} wanted empty is anything
 */
export const fits = (entry, { q, role, topic, degree, job, language }) =>
  q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => entry.words.includes(word)) &&
  (!role || entry.role === role) &&
  (!topic || entry.topics.includes(topic.toLowerCase())) &&
  (!degree || entry.degree === degree) &&
  (!job || entry.jobs.includes(job)) &&
  (!language || entry.languages.includes(language));

/**
 * What the server wrote on somebody's line.
 * @param {DOMStringMap} data
 * @returns {Entry}
 */
export const entryOf = (data) => ({
  words: data.words ?? "",
  role: data.role ?? "",
  topics: split(data.topics),
  degree: data.degree ?? "",
  jobs: split(data.jobs),
  languages: split(data.languages),
});

/** @param {string | undefined} text */
const split = (text) => (text ? text.split("|") : []);

/**
 * What the form asks for.
 * @param {FormData} form
 * @returns {Wanted}
 */
export function wantedOf(form) {
  const given = (/** @type {string} */ key) => String(form.get(key) ?? "").trim();
  return {
    q: given("q"),
    role: given("role"),
    topic: given("topic"),
    degree: given("degree"),
    job: given("job"),
    language: given("language"),
  };
}

/**
 * The address of the same page as the form has it.
 * @param {Wanted} wanted
 */
export function addressOf(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value);
  return given.length ? `/people?${new URLSearchParams(given)}` : "/people";
}
