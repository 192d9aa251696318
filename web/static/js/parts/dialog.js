/** A question with its answers as buttons; only for consent and for what cannot be undone. */

import { html, useEffect, useId, useRef } from "../../vendor/preact.js";

/**
 * Esc means no; the focus goes to the title and returns where it came from.
 * @param {{ title: string, children?: any, onClose: () => void }} given put the buttons into `.acts`
 */
export function Dialog({ title, children, onClose }) {
  const self = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    self.current?.showModal();
    heading.current?.focus();
    return () => before?.focus();
  }, []);
  return html`
    <dialog class="dialog" ref=${self} aria-labelledby=${id} onClose=${onClose} onCancel=${onClose}>
      <h2 id=${id} ref=${heading} tabindex="-1">${title}</h2>
      ${children}
    </dialog>
  `;
}
