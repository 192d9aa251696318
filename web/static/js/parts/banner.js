/** The one banner above a room: you are next, you are called, the connection is lost. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";

/**
 * @param {object} given
 * @param {string} given.title
 * @param {any} [given.text]
 * @param {any} [given.children] its buttons, one of them `.btn.primary`
 * @param {boolean} [given.reachable] whether Alt+B moves the focus to it
 */
export function Banner({ title, text, children, reachable = true }) {
  const self = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!reachable) return;
    /** @param {KeyboardEvent} event */
    const reach = (event) => {
      if (!event.altKey || event.code !== "KeyB") return;
      event.preventDefault();
      const first = self.current?.querySelector("button, a");
      /** @type {HTMLElement | null | undefined} */ (first ?? self.current)?.focus();
    };
    addEventListener("keydown", reach);
    return () => removeEventListener("keydown", reach);
  }, [reachable]);
  return html`
    <section class="banner" ref=${self} tabindex="-1" aria-label=${title}>
      <div class="grow" role="status">
        <h2>${title}</h2>
        ${text ? html`<p>${text}</p>` : null}
      </div>
      ${children ? html`<div class="acts">${children}</div>` : null}
    </section>
  `;
}

/**
 * What stands above the room when the connection is not as it should be; null when it is.
 * @param {import("../house.js").House} house
 */
export function lineBanner(house) {
  const line = house.line.value;
  if (line === "lost") return html`<${Lost} />`;
  if (line === "restarting") {
    return html`<${Banner}
      title=${t("The house restarts, one moment.")}
      text=${t("Your place is kept, we are reconnecting.")}
      reachable=${false}
    />`;
  }
  if (line !== "signed-out") return null;
  return html`<${Banner}
    title=${t("You are signed out on this device.")}
    text=${house.connection.farewell || t("Please sign in again with your personal link.")}
    ><a class="btn primary" href="/sign-in"><${Icon} name="log-in" />${t("Sign in")}</a></${Banner}
  >`;
}

const Lost = () => html`
  <${Banner}
    title=${t("Connection lost.")}
    text=${t("Your place is kept, we are reconnecting.")}
    reachable=${false}
  />
`;
