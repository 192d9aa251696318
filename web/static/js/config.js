/** What the server told this page when it made it. */

/**
 * @typedef {object} Config
 * @property {string} [screen]
 * @property {import("../wire.d.ts").Person | null} [me]
 * @property {string} language
 * @property {string} timeZone
 * @property {string} [csrf] shows that what a page sends is from one of ours
 * @property {string | null} [stage] the stage's id
 * @property {{ id: string, organisation: string } | null} [booth] whose booth the page is of
 * @property {string} [table] the id of a table in the lounge
 * @property {string} [work] the id of a work in the exhibition
 * @property {string} [hung] what hangs there, as a fingerprint
 * @property {boolean} [mayAnswer] whether the reader answers for it
 * @property {boolean} [desk] whether the reader sits at the desk
 * @property {{ id: string, name: string }[]} [stages]
 * @property {string} [gathering] its name
 * @property {string} [host] who invites
 * @property {string} [city]
 * @property {boolean} [players] whether players in the hall may watch a seat (WHEP)
 * @property {["de" | "en", string]} [consent] what one is asked to agree to, and its language
 * @property {Record<string, string>} [again] where items can be watched again, by item
 * @property {{ offset: number, seconds: number }[]} [films] the files of a recording
 * @property {import("./board/wanted.js").Face[]} [faces] the CV cards that hang
 * @property {string} [topic] what alone a wall shows
 * @property {Record<string, string>} [urls]
 */

/** @returns {Config} */
export function readConfig() {
  const written = document.getElementById("config")?.textContent ?? "{}";
  const language = document.documentElement.lang || "en";
  return { language, timeZone: "Europe/Berlin", ...JSON.parse(written) };
}
