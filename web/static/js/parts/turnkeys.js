/** Arrow and page keys turn slides; a presenter's remote sends the same. */

import { useEffect } from "../../vendor/preact.js";

/** @typedef {import("../state/turning.js").Turner} Turner */
/** @typedef {"next" | "previous" | "first" | "last"} Way */

/** @type {Record<string, Way>} */
const WAYS = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  Home: "first",
  End: "last",
};
/** Where these keys are needed otherwise: fields, tabs, and what one scrolls with them. */
const OWN = "input, textarea, select, dialog, [contenteditable], [role=tab], [popover], [tabindex='0']";

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} press
 * @param {boolean} taken  Whether the focus is where the key is needed otherwise.
 * @returns {Way | null}
 */
export function wayOf(press, taken) {
  if (taken || press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return null;
  return WAYS[press.key] ?? null;
}

/**
 * @param {Turner} turner
 * @param {boolean} on
 */
export function useTurnKeys(turner, on) {
  useEffect(() => {
    if (!on) return;
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const way = wayOf(event, Boolean(document.activeElement?.closest(OWN)));
      if (!way) return;
      event.preventDefault();
      turner[way]();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [turner, on]);
}
