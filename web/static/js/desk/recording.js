/** Recording, as the desk sees and runs it: on or off, of whom, and how long there is room. */

import { Icon } from "../parts/icon.js";
import { listed } from "../parts/person.js";
import { rolling } from "../state/recording.js";
import { html } from "../../vendor/preact.js";
import { n, spoken, t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

const TIGHT = 2 * 3600; // seconds of room at which to warn, as rooms/recording.py has it

/** @param {{desk: Desk}} props */
export function Recording({ desk }) {
  const { span } = desk.pitch.recording;
  return html`<div class="recording-desk">
    <details open=${span !== null}>
      <summary>${t("Recording")} <span class="soft">${span === null ? t("off") : t("on")}</span></summary>
      <p class="rec-acts">
        ${span === null
          ? html`<${Begin} desk=${desk} />`
          : html`<button
              class="btn" type="button" onClick=${() => desk.do({ type: "recording.stop" })}
            >
              <${Icon} name="square" />${t("Stop recording")}
            </button>`}
      </p>
      <${Of} desk=${desk} />
    </details>
    <${Room} desk=${desk} />
  </div>`;
}

/** @param {{desk: Desk}} props */
function Begin({ desk }) {
  const live = desk.pitch.floor.live;
  const start = (/** @type {"item" | "evening"} */ span) =>
    desk.do({ type: "recording.start", span });
  return html`<button
      class="btn" type="button" disabled=${!live} onClick=${() => start("item")}
    >
      <${Icon} name="video" />${t("Record this item")}
    </button>
    <button class="btn" type="button" onClick=${() => start("evening")}>
      <${Icon} name="video" />${t("Record the evening")}
    </button>`;
}

/** Who is recorded now, and who on stage has not agreed. @param {{desk: Desk}} props */
function Of({ desk }) {
  const { recording, floor } = desk.pitch;
  const recorded = new Set(rolling(recording).map(({ person }) => person));
  const seated = new Set(Object.values(floor.seats).flatMap((held) => held?.person ?? []));
  const without = [...seated].filter((person) => !recording.allowed.includes(person));
  const names = (/** @type {Iterable<string>} */ people) =>
    listed([...people].map((person) => desk.name(person)), spoken());
  return html`<p class="soft" role="status">
    ${recording.span === null
      ? t("Off. Only those are recorded who have agreed in the green room or on their page.")
      : recorded.size
        ? t("Recorded now: {names}.", { names: names(recorded) })
        : t("On, but nobody is recorded just now.")}
    ${" "}${without.length ? t("Not agreed: {names}.", { names: names(without) }) : ""}
    ${without.includes(desk.me) && html`${" "}<a href="/me#recording">${t("Agree on my page")}</a>`}
  </p>`;
}

/** How long there is room, said loudly in time. @param {{desk: Desk}} props */
function Room({ desk }) {
  const { stopped, space, span } = desk.pitch.recording;
  if (span === null && stopped === "full") {
    return html`<${Warning} tone="wrong">${t("Recording has ended: there is no room left for it.")}</${Warning}>`;
  }
  if (span === null && stopped === "broken") {
    return html`<${Warning} tone="wrong">${t("Recording has ended: files cannot be written. Please tell the organisers.")}</${Warning}>`;
  }
  if (!space) return null;
  const lasts = duration(space.seconds);
  return space.seconds < TIGHT
    ? html`<${Warning} tone="soon">${t("Room for recordings is left for about {time}.", { time: lasts })}</${Warning}>`
    : span !== null && html`<p class="soft"><small>${t("Room for recordings is left for about {time}.", { time: lasts })}</small></p>`;
}

/** @param {{tone: string, children?: any}} props */
const Warning = ({ tone, children }) => html`<p class="notice" data-tone=${tone} role="status">
  <${Icon} name="circle-alert" /><span>${children}</span>
</p>`;

/** @param {number} seconds */
function duration(seconds) {
  const hours = Math.floor(seconds / 3600);
  return hours >= 2
    ? n("{n} hour", "{n} hours", hours)
    : n("{n} minute", "{n} minutes", Math.floor(seconds / 60));
}
