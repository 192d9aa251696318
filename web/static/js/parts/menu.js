/** A button with a short list of further deeds; Esc or a click elsewhere closes it. */

import { Icon } from "./icon.js";
import { html, useRef, useState } from "../../vendor/preact.js";

const GAP = 4; // pixels between the button and its list

let made = 0;

/**
 * @param {{label: string, icon?: string, text?: string, class?: string, children: any}} props
 *   `label` names the button for those who do not see it; `text` stands on it.
 */
export function Menu({ label, icon = "ellipsis", text = "", class: kind = "bare", children }) {
  // Not `useId`: a page that draws into many places would have the same id in each of them.
  const [id] = useState(() => `menu-${++made}`);
  const list = /** @type {{current: HTMLElement | null}} */ (useRef(null));
  const button = /** @type {{current: HTMLElement | null}} */ (useRef(null));
  const [open, setOpen] = useState(false);
  const place = (/** @type {any} */ event) => {
    if (event.newState === "open") putBelow(list.current, button.current);
  };
  return html`<button
      ref=${button} class=${`btn ${kind} ${text ? "" : "only"}`} type="button"
      popovertarget=${id} aria-haspopup="true" aria-label=${text ? undefined : label}
    >
      <${Icon} name=${icon} />${text}
    </button>
    <div
      ref=${list} id=${id} class="menu" popover="auto" role="group" aria-label=${label}
      onBeforeToggle=${(/** @type {any} */ event) => setOpen(event.newState === "open")}
      onToggle=${place} onClick=${() => list.current?.hidePopover()}
    >
      ${open && children}
    </div>`;
}

/**
 * Beneath its button, or above it where the window ends.
 * @param {HTMLElement | null} list
 * @param {HTMLElement | null} button
 */
function putBelow(list, button) {
  if (!list || !button) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + GAP;
  const top = below + height <= innerHeight ? below : Math.max(GAP, at.top - GAP - height);
  const left = Math.min(at.left, innerWidth - width - GAP);
  list.style.setProperty("--menu-top", `${top}px`);
  list.style.setProperty("--menu-left", `${Math.max(GAP, left)}px`);
}
