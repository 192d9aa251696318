/** The house's words in the reader's language: English sentences are the keys. */

/** @type {Record<string, string>} */
let words = {};
let language = "en";

/** Which language is spoken: "de" or "en". */
export const spoken = () => language;

/**
 * Use these words from now on.
 * @param {string} lang
 * @param {Record<string, string>} catalogue
 */
export function speak(lang, catalogue) {
  language = lang;
  words = catalogue;
}

/**
 * Fetch the catalogue of a language; English needs none. Without it the English stands.
 * @param {string} lang
 * @param {string} [url]
 */
export async function learn(lang, url = `/locale/${lang}.json`) {
  if (lang === "en") return speak("en", {});
  try {
    const answer = await fetch(url);
    speak(lang, answer.ok ? await answer.json() : {});
  } catch {
    speak(lang, {});
  }
}

/**
 * A sentence in the reader's language, with `{placeholders}` filled.
 * @param {string} sentence
 * @param {Record<string, string | number>} [values]
 */
export function t(sentence, values) {
  const said = words[sentence] || sentence;
  if (!values) return said;
  return said.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/**
 * The sentence for one or for many; `{n}` stands for the number.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export const n = (one, many, count, values) => t(count === 1 ? one : many, { n: count, ...values });

/**
 * A sentence of `t` with what was drawn in the place of its `{placeholders}`.
 * @param {string} sentence in which they still stand
 * @param {Record<string, any>} drawn
 * @returns {any[]}
 */
export const fill = (sentence, drawn) =>
  sentence.split(/\{(\w+)\}/).map((part, place) => (place % 2 ? drawn[part] : part));
