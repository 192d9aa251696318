/** The letterbox of a booth: write to the company, and see how one's letters there stand. */

import { clock } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { tell } from "../parts/toast.js";
import { html, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { send, useTold } from "./mail.js";
import { promised, standing } from "./words.js";

/** @param {{ house: import("../house.js").House, booth: string }} given the booth's id */
export function Letterbox({ house, booth }) {
  const [slip, read] = useTold(house, `/booths/${booth}/slip.json`);
  const [text, write] = useState("");
  const [sending, busy] = useState(false);
  const name = house.lounge().shown.value?.exhibitors.find((each) => each.id === booth)?.organisation;
  const known = /** @type {import("./mail.js").Slip | null} */ (slip);
  const post = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!text.trim() || sending) return;
    busy(true);
    if (await send(`/booths/${booth}/letters`, { text })) {
      write("");
      tell(t("Your letter lies in the inbox. You find the answer under My letters."), { tone: "done" });
      await read();
    }
    busy(false);
  };
  return html`<section class="letterbox" aria-labelledby="lb-h">
    <div>
      <h2 id="lb-h">${t("Rather write?")}</h2>
      <p class="soft"><small>${known && promised(known)}</small></p>
    </div>
    <form class="field-row" onSubmit=${post}>
      <div class="field">
        <label class="sr" for="letter">${t("Your message to {name}", { name: name ?? "" })}</label>
        <textarea
          id="letter" rows="2" maxlength="2000" required value=${text}
          placeholder=${t("Your question or your wish")}
          onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
        ></textarea>
      </div>
      <button class="btn primary" type="submit" disabled=${sending}>
        <${Icon} name="send" />${t("Send")}
      </button>
    </form>
    ${known && known.letters.length > 0 && html`<ul class="sent" role="list">
      ${known.letters.slice(0, 3).map(
        (letter) => html`<li key=${letter.id}>
          <a href=${`/letters#${letter.id}`}>${letter.text.slice(0, 60)}${letter.text.length > 60 ? "…" : ""}</a>
          <span class="soft">${standing(letter, clock.now())}</span>
        </li>`,
      )}
    </ul>`}
  </section>`;
}
