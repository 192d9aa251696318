/** The desk's keys: which press means which deed, and when it means none. */

/** @typedef {"next" | "extend" | "shorten" | "pause" | "undo" | "swap" | "question"} Deed */
/**
 * @typedef {object} Press
 * @property {string} key
 * @property {boolean} repeat
 * @property {boolean} ctrlKey
 * @property {boolean} metaKey
 * @property {boolean} altKey
 */

/** @type {Record<string, Deed>} */
const DEEDS = {
  " ": "next",
  "+": "extend",
  "*": "extend", // Shift and plus on a German keyboard
  "-": "shorten",
  _: "shorten",
  p: "pause",
  u: "undo",
  s: "swap",
  q: "question",
};

/** What one types into: every key there is its own. */
const FIELDS = "input, textarea, select, dialog, [contenteditable]";
/** What one presses: Space there is its own, if the keyboard brought the focus. */
const CONTROLS = "button, a[href], summary";

/**
 * What the focus is on, as far as keys care. After a click the focus stays on the button
 * without showing; the next Space is then not meant for it.
 * @param {Element | null} element
 * @returns {"field" | "control" | "none"}
 */
export function focusOn(element) {
  if (element?.closest(FIELDS)) return "field";
  return element?.closest(CONTROLS) && element.matches(":focus-visible") ? "control" : "none";
}

/**
 * @param {Press} press
 * @param {"field" | "control" | "none"} focus
 * @returns {Deed | null}
 */
export function deedOf(press, focus) {
  if (focus === "field" || press.repeat) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (focus === "control" && press.key === " ") return null;
  return DEEDS[press.key.toLowerCase()] ?? null;
}
