/** Beside the picture: questions and chat, one of them open. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { heard, PersonMenu } from "../contacts/menu.js";
import { Composer, Log } from "../parts/chat.js";
import { n, t } from "../words.js";
import { attempt } from "../parts/toast.js";
import { AskForm, Questions, parted } from "./asking.js";

/** @typedef {import("../screens/stage.js").Stage} Stage */
/** @typedef {"questions" | "chat"} Tab */

const TABS = /** @type {const} */ (["questions", "chat"]);

/** @param {{ stage: Stage }} given */
export function Side({ stage }) {
  const [open, turn] = useState(/** @type {Tab} */ ("questions"));
  const unread = useUnread(heard(stage.house, stage.pitch.chat.lines), open === "chat");
  const names = {
    questions: t("Questions"),
    chat: unread ? t("Chat, {count} new", { count: unread }) : t("Chat"),
  };
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = open === "chat" ? "questions" : "chat";
    turn(other);
    /** @type {HTMLElement | null | undefined} */ (
      list.current?.querySelector(`#tab-${other}`)
    )?.focus();
  };
  return html`
    <aside class="side" aria-label=${t("Questions and chat")}>
      <div class="side-head">
        <div class="tabs" role="tablist" ref=${list} onKeyDown=${move} aria-label=${t("Questions and chat")}>
          ${TABS.map(
            (tab) => html`
            <button
              key=${tab}
              class="tab"
              id=${`tab-${tab}`}
              role="tab"
              type="button"
              aria-selected=${open === tab}
              aria-controls=${open === tab ? `panel-${tab}` : undefined}
              tabindex=${open === tab ? 0 : -1}
              onClick=${() => turn(tab)}
            >
              ${names[tab]}
            </button>
          `,
          )}
        </div>
        ${open === "questions" ? html`<${Count} stage=${stage} />` : null}
      </div>
      <div class="panelbody" role="tabpanel" id=${`panel-${open}`} aria-labelledby=${`tab-${open}`}>
        ${
          open === "questions"
            ? html`<${Questions} stage=${stage} /><${AskForm} stage=${stage} />`
            : html`<${Chat} stage=${stage} />`
        }
      </div>
    </aside>
  `;
}

/** @param {{ stage: Stage }} given */
function Count({ stage }) {
  const open = parted(stage).questions.length;
  return html`<p class="soft"><small>${n("{n} open, by voices", "{n} open, by voices", open)}</small></p>`;
}

/**
 * How many lines came while the chat was closed.
 * @param {import("../../wire.d.ts").Said[]} lines
 * @param {boolean} reading
 */
function useUnread(lines, reading) {
  const seen = useRef(lines.at(-1)?.id);
  const last = lines.at(-1)?.id;
  useEffect(() => {
    if (reading) seen.current = last;
  }, [reading, last]);
  if (reading) return 0;
  const from = lines.findIndex(({ id }) => id === seen.current);
  return lines.length - 1 - from;
}

/** @param {{ stage: Stage }} given */
function Chat({ stage: { house, room, pitch, me } }) {
  const menu = (/** @type {string} */ by) =>
    html`<${PersonMenu} house=${house} person=${by} where="stage" place=${pitch.stage} />`;
  const silenced = pitch.chat.silenced.includes(me);
  /** @param {import("../../wire.d.ts").Said} line */
  const actions = (line) =>
    line.by === me
      ? html`<button
          class="btn bare small"
          type="button"
          onClick=${() => attempt(house.do(room, { type: "chat.delete", line: line.id }))}
        >
          ${t("Delete")}
        </button>`
      : menu(line.by);
  return html`
    <${Log}
      lines=${heard(house, pitch.chat.lines)}
      person=${(/** @type {string} */ id) => house.person(id)}
      label=${t("Chat")}
      actions=${actions}
    />
    ${
      silenced
        ? html`<p class="notice" data-tone="soon">
          ${t("The moderator has paused your writing here. Your questions still reach the stage.")}
        </p>`
        : null
    }
    <${Composer}
      id="chat-line"
      label=${t("Your line in the chat")}
      closed=${silenced}
      send=${(/** @type {string} */ text) => house.do(room, { type: "chat.say", text })}
    />
  `;
}
