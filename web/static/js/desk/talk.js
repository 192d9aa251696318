/** Three conversations at the desk: with the team, in the room's chat, with those on their way. */

import { Composer, Log } from "../parts/chat.js";
import { Icon } from "../parts/icon.js";
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";
import { places } from "./seats.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Tab} Tab */
/** @typedef {import("../../wire.d.ts").Said} Said */

const TABS = /** @type {const} */ (["team", "chat", "messages"]);

/** @param {{desk: Desk}} props */
export function Talk({ desk }) {
  const tab = desk.tab.value;
  const seen = useSeen(desk);
  return html`<section class="talk" aria-labelledby=${`tab-${tab}`}>
    <div class="tabs" role="tablist" aria-label=${t("Conversations")} onKeyDown=${(/** @type {KeyboardEvent} */ event) => turn(desk, event)}>
      ${TABS.map(
        (each) =>
          html`<button
            key=${each} class="tab" type="button" role="tab" id=${`tab-${each}`}
            aria-selected=${each === tab} aria-controls="talk-panel" tabindex=${each === tab ? 0 : -1}
            onClick=${() => (desk.tab.value = each)}
          >
            ${tabWord(each)}${newIn(desk, each, seen[each]) &&
            html`<span class="dot"><span class="sr">${t("new")}</span></span>`}
          </button>`,
      )}
    </div>
    <div class="talk-panel" id="talk-panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
      ${tab === "team" && html`<${Team} desk=${desk} />`}
      ${tab === "chat" && html`<${Chat} desk=${desk} />`}
      ${tab === "messages" && html`<${Messages} desk=${desk} />`}
    </div>
  </section>`;
}

/** @param {Tab} tab */
function tabWord(tab) {
  if (tab === "team") return t("Team");
  return tab === "chat" ? t("Chat") : t("Green room");
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
function turn(desk, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = TABS.indexOf(desk.tab.value);
  const next = TABS[(at + step + TABS.length) % TABS.length] ?? "team";
  desk.tab.value = next;
  document.getElementById(`tab-${next}`)?.focus();
}

/**
 * @param {Desk} desk
 * @param {Tab} tab
 */
function newest(desk, tab) {
  if (tab === "team") return desk.foyer.team.at(-1);
  return tab === "chat" ? desk.pitch.chat.lines.at(-1) : desk.pitch.floor.prompts.at(-1);
}

/** What has been read in each conversation. @param {Desk} desk */
function useSeen(desk) {
  const seen = useRef(/** @type {Partial<Record<Tab, string>>} */ ({}));
  for (const tab of TABS) {
    // What was there before this page came is no news.
    if (!(tab in seen.current) || tab === desk.tab.value) {
      seen.current[tab] = newest(desk, tab)?.id ?? "";
    }
  }
  return seen.current;
}

/**
 * @param {Desk} desk
 * @param {Tab} tab
 * @param {string | undefined} seen
 */
function newIn(desk, tab, seen) {
  const last = newest(desk, tab);
  return Boolean(last && last.id !== seen && last.by !== desk.me);
}

/** @param {{desk: Desk}} props */
function Team({ desk }) {
  return html`<${Log}
      lines=${desk.foyer.team} person=${(/** @type {string} */ id) => desk.foyer.people[id]}
      label=${t("Notes of the team")}
    />
    <${Composer}
      key="team" id="team-line" label=${t("Note to the team")}
      send=${(/** @type {string} */ text) => desk.house.do("foyer", { type: "team.say", text })}
    />`;
}

/** @param {{desk: Desk}} props */
function Chat({ desk }) {
  const { chat } = desk.pitch;
  return html`<${Log}
      lines=${chat.lines} person=${(/** @type {string} */ id) => desk.foyer.people[id]}
      label=${t("Chat of this stage")}
      actions=${(/** @type {Said} */ line) => html`<${LineActs} desk=${desk} line=${line} />`}
    />
    ${chat.silenced.length > 0 && html`<${Silenced} desk=${desk} people=${chat.silenced} />`}
    <${Composer}
      key="chat" id="chat-line" label=${t("Say something to everybody")}
      send=${(/** @type {string} */ text) =>
        desk.house.do(desk.pitchRoom.id, { type: "chat.say", text })}
    />`;
}

/** @param {{desk: Desk, line: Said}} props */
function LineActs({ desk, line }) {
  const name = desk.name(line.by);
  const silent = desk.pitch.chat.silenced.includes(line.by);
  return html`<span class="line-acts">
    <button
      class="btn bare only" type="button" aria-label=${t("Delete this line of {name}", { name })}
      onClick=${() => desk.do({ type: "chat.delete", line: line.id })}
    >
      <${Icon} name="trash-2" />
    </button>
    ${line.by !== desk.me &&
    !silent &&
    html`<button
      class="btn bare only" type="button" aria-label=${t("Silence {name}", { name })}
      onClick=${() => desk.do({ type: "chat.silence", person: line.by, on: true })}
    >
      <${Icon} name="volume-x" />
    </button>`}
  </span>`;
}

/** @param {{desk: Desk, people: readonly string[]}} props */
function Silenced({ desk, people }) {
  return html`<ul class="silenced" role="list" aria-label=${t("Silenced")}>
    ${people.map(
      (person) =>
        html`<li key=${person}>
          ${desk.name(person)}
          <button
            class="btn bare" type="button"
            onClick=${() => desk.do({ type: "chat.silence", person, on: false })}
          >
            ${t("Let write again")}
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @param {{desk: Desk}} props */
function Messages({ desk }) {
  const { floor, presence } = desk.pitch;
  const self = /** @type {{current: HTMLElement | null}} */ (useRef(null));
  const to = desk.to.value;
  const people = places(floor, {}, presence.here).filter(({ person }) => person !== desk.me);
  const lines = floor.prompts.filter((each) => !to || each.person === to);
  useEffect(() => self.current?.querySelector("input")?.focus(), [to]);
  return html`<div class="field">
      <label
        >${t("With")}
        <select
          value=${to ?? ""}
          onChange=${(/** @type {any} */ event) => (desk.to.value = event.currentTarget.value || null)}
        >
          <option value="">${t("everybody, to read")}</option>
          ${people.map(
            ({ person }) => html`<option key=${person} value=${person}>${desk.name(person)}</option>`,
          )}
        </select>
      </label>
    </div>
    <${Log}
      lines=${lines.map((each) => ({ ...each, text: addressed(desk, each, to) }))}
      person=${(/** @type {string} */ id) => desk.foyer.people[id]}
      label=${t("Messages with those on their way")}
    />
    ${to &&
    html`<div ref=${self}>
      <${Composer}
        key=${to} id="message-line" label=${t("Message to {name}", { name: desk.name(to) })}
        send=${(/** @type {string} */ text) =>
          desk.house.do(desk.pitchRoom.id, { type: "floor.prompt", text, to })}
      />
    </div>`}`;
}

/**
 * @param {Desk} desk
 * @param {import("../../wire.d.ts").Prompted} prompt
 * @param {string | null} to
 */
function addressed(desk, prompt, to) {
  if (to || prompt.by === prompt.person) return prompt.text;
  return t("To {name}: {text}", { name: desk.name(prompt.person), text: prompt.text });
}
