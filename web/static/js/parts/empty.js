/** What stands where nothing is yet: the arch, a sentence, one thing to do. */

import { html } from "../../vendor/preact.js";

/** @param {{ title: string, text?: string, children?: any }} given */
export const Empty = ({ title, text, children }) => html`
  <div class="empty-state">
    <svg viewBox="0 0 120 64" aria-hidden="true"><path d="M6 60a54 54 0 0 1 108 0" /><path d="M26 60a34 34 0 0 1 68 0" /></svg>
    <p>${title}</p>
    ${text ? html`<p>${text}</p>` : null}
    ${children}
  </div>
`;
