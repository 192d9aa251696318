/** Whether one may be recorded: asked in the full wording, taken back as easily as given. */

import { readConfig } from "../config.js";
import { FOYER } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

const [language, wording] = readConfig().consent ?? ["en", ""];

/** @param {{room: Backstage}} props */
export function Consent({ room }) {
  const agreed = room.foyer.consents[room.me];
  return html`<div class="consent">
    <${Waiting} room=${room} />
    ${agreed
      ? html`<${Asked}
          key="agreed" title=${t("You agreed to being recorded")}
          text=${agreed.wording} lang=${agreed.language}
        >
          <button class="btn" type="button" onClick=${() => say(room, { type: "consent.withdraw" })}>
            <${Icon} name="x" />${t("Withdraw and delete all recordings of me")}
          </button>
        </${Asked}>`
      : html`<${Asked} key="asked" title=${t("May we record you?")} text=${wording}>
          <button
            class="btn" type="button"
            onClick=${() => say(room, { type: "consent.give", language, wording })}
          >
            <${Icon} name="circle-check" />${t("I agree to this")}
          </button>
          <p class="soft">${t("If you do nothing, you are not recorded.")}</p>
        </${Asked}>`}
  </div>`;
}

/** @param {{title: string, text: string, lang?: string, children: any}} props */
const Asked = ({ title, text, lang, children }) => html`<details>
  <summary>${title}</summary>
  <blockquote lang=${lang}>${text}</blockquote>
  ${children}
</details>`;

/** What was recorded of oneself here and waits to be released. @param {{room: Backstage}} props */
function Waiting({ room }) {
  const own = Object.values(room.pitch.recording.takes).findLast(
    ({ person, firstAt, endedAt, releasedAt }) =>
      person === room.me && firstAt !== null && endedAt !== null && releasedAt === null,
  );
  if (!own) return null;
  return html`<p class="notice" data-tone="soon" role="status">
    <${Icon} name="lock" />
    <span>${t("Your recording is there. You see it first, and decide whether others may.")}</span>
    <a class="btn bare" href=${`/recordings/${room.stageId}/${own.item}`}>${t("Watch it")}</a>
  </p>`;
}

/**
 * @param {Backstage} room
 * @param {object} command
 */
const say = (room, command) => attempt(room.house.do(FOYER, command));
