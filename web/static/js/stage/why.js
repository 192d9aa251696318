/** Finds out, while the evening goes on, why no picture comes through. */

import { PathCheck, PathTrial } from "../green/path.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { html, signal } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @type {import("../../vendor/preact.js").Signal<PathTrial | null>} what the dialog shows */
const asked = signal(/** @type {PathTrial | null} */ (null));

/** @param {{ wire: import("../media/publisher.js").Wire }} given */
export function Why({ wire }) {
  const look = () => {
    asked.value = new PathTrial(wire);
    void asked.value.run();
  };
  return html`<button class="btn" type="button" onClick=${look}>
    <${Icon} name="wifi" />${t("Find out why")}
  </button>`;
}

/** The answer, over everything else on the page. */
export function WhyDialog() {
  const trial = asked.value;
  const close = () => (asked.value = null);
  if (!trial) return null;
  return html`<${Dialog} title=${t("The way to the house")} onClose=${close}>
    <ul class="checks" role="list"><${PathCheck} trial=${trial} /></ul>
    <div class="acts">
      <button class="btn primary" type="button" onClick=${close}>${t("Close")}</button>
    </div>
  </${Dialog}>`;
}
