/** Below the picture: the three words, applause, what comes next, sound and size. */

import { html } from "../../vendor/preact.js";
import { want, wish } from "../media/sound.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { upcoming } from "../state/agenda.js";
import { WORDS } from "../state/pitch.js";
import { released } from "../state/recording.js";
import { machineTime, timeOfDay } from "../times.js";
import { n, t } from "../words.js";
import { belongs } from "./calls.js";
import { headline } from "./titles.js";

/** @typedef {import("../screens/stage.js").Stage} Stage */

/** @param {{ stage: Stage, children: any }} given children are further controls */
export const Hands = ({ stage, children }) => html`
  <div class="hands">
    <${Reactions} stage=${stage} />
    <${After} stage=${stage} />
    ${
      belongs(stage.pitch.floor, stage.me)
        ? html`<a class="btn" href=${`/stage/${stage.id}/green-room`}
          ><${Icon} name="door-open" />${t("To the green room")}</a
        >`
        : null
    }
    ${
      released(stage.pitch.recording).length
        ? html`<a class="btn" href="/recordings"><${Icon} name="play" />${t("Watch again")}</a>`
        : null
    }
    <div class="controls" role="group" aria-label=${t("Picture and sound")}>
      <${Volume} />
      ${children}
    </div>
  </div>
`;

/** @param {{ stage: Stage }} given */
function Reactions({ stage: { house, room, pitch } }) {
  const words = { bravo: t("Bravo"), aha: t("I see"), thanks: t("Thanks") };
  const { clapping } = pitch.reactions;
  /** @param {object} command */
  const send = (command) => void attempt(house.do(room, command));
  return html`
    <div class="reactions" role="group" aria-label=${t("Reactions")}>
      ${WORDS.map((word) => {
        const mine = pitch.myWords.includes(word);
        return html`
          <button
            key=${word}
            class="btn say"
            type="button"
            aria-pressed=${mine}
            onClick=${() => send({ type: "reaction.send", word, on: !mine })}
          >
            ${words[word]} <span class="num">${pitch.reactions.words[word] ?? 0}</span>
          </button>
        `;
      })}
      <button
        class=${`btn say clap ${clapping ? "clapping" : ""}`}
        type="button"
        onClick=${() => send({ type: "reaction.applaud" })}
      >
        ${t("Applause")}
        <span class="num" aria-label=${n("{n} is clapping", "{n} are clapping", clapping)}
          >${clapping || ""}</span
        >
      </button>
    </div>
  `;
}

/** @param {{ stage: Stage }} given */
function After({ stage: { agenda, id, house } }) {
  const [next] = agenda ? upcoming(agenda, id) : [];
  if (!next) return html`<p class="after soft">${t("Nothing else is planned here.")}</p>`;
  return html`
    <p class="after">
      <span class="soft">${t("Next, about")}</span>${" "}
      <time datetime=${machineTime(next.startsAt)}>${timeOfDay(next.startsAt)}</time>${" "}
      <a href=${`/agenda#${next.id}`}>${headline(next.item, (who) => house.person(who))}</a>
    </p>
  `;
}

function Volume() {
  const { on, volume } = wish.value;
  const name = on ? t("Turn sound off") : t("Turn sound on");
  return html`
    <input
      class="volume"
      type="range"
      min="0"
      max="1"
      step="0.05"
      value=${volume}
      aria-label=${t("Volume")}
      onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) =>
        want({ on: true, volume: Number(event.currentTarget.value) })}
    />
    <button class="btn bare only" type="button" aria-label=${name} title=${name} onClick=${() => want({ on: !on })}>
      <${Icon} name=${on ? "volume-2" : "volume-x"} />
    </button>
  `;
}
