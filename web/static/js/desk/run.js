/** The rundown at the desk: this stage with every deed at hand, the others in short. */

import { beat } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { Row } from "../parts/rundown.js";
import { Tally } from "../parts/tally.js";
import { drift } from "../times.js";
import { computed, html } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { Menu } from "../parts/menu.js";
import { layFor } from "./slides.js";
import { driftNow, lateness, rows, shift, startOf, swapping, undoing } from "./rundown.js";
import { deedWords, driftWords, warnings } from "./words.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").StageShown} StageShown */
/** @typedef {import("../state/agenda.js").Line} Line */

const SLIGHT = 30; // seconds that nobody calls a delay
const SLIDELESS = ["questions", "break", "round", "tour"];
const ELSEWHERE_ROWS = 2; // of another stage: what is on and what comes

/** Once a second is often enough for a drift. */
const second = computed(() => Math.floor(beat.value));

/** @param {{desk: Desk, stage: StageShown}} props */
export function Run({ desk, stage }) {
  const now = second.value;
  const behind = driftNow(desk.agenda, stage, now);
  return html`<section class="run" aria-labelledby="run-h">
    <header>
      <h2 id="run-h">${t("Agenda")}</h2>
      <p class="drift" data-sign=${behind >= SLIGHT ? "late" : "on"}>${driftWords(behind)}</p>
    </header>
    <div class="warnings">
      ${warnings(desk.agenda, stage).map(
        ({ tone, words }) =>
          html`<p class="notice" data-tone=${tone}><${Icon} name="hourglass" /><span>${words}</span></p>`,
      )}
    </div>
    <ol class="rundown">
      ${rows(desk.agenda, stage, now).map(
        (line) => html`<${DeskRow} key=${line.id} desk=${desk} stage=${stage} line=${line} />`,
      )}
    </ol>
    <${RunActs} desk=${desk} stage=${stage} />
  </section>`;
}

/** @param {{desk: Desk, stage: StageShown, line: Line}} props */
function DeskRow({ desk, stage, line }) {
  const next = stage.waiting[0] === line.id;
  const side = html`<span class="row-side">
    <span class="marks"><${Side} line=${line} next=${next} /></span>
    ${(line.state === "live" || line.state === "waiting") &&
    html`<${RowMenu} desk=${desk} stage=${stage} line=${line} />`}
  </span>`;
  return html`<${Row} line=${line} who=${who(desk, line)} you=${next} side=${side} />`;
}

/**
 * @param {Desk} desk
 * @param {Line} line
 */
function who(desk, { id, item, state }) {
  const minutes = n("{n} min", "{n} min", Math.round(item.seconds / 60));
  const people = item.people.map((id) => desk.name(id)).join(", ");
  const pages = desk.pitch.slides.decks[id]?.pages;
  const slides = pages && state !== "done" ? n("{n} slide", "{n} slides", pages) : "";
  const parts = [people, state === "waiting" ? minutes : "", slides, item.starts ? "" : t("begins by hand")];
  return parts.filter(Boolean).join(", ");
}

/** @param {{line: Line, next: boolean}} props */
function Side({ line, next }) {
  if (line.state === "live") return html`<${Tally} on="air" />`;
  if (line.state === "skipped") return html`<span class="tag">${t("left out")}</span>`;
  const late = lateness(line);
  const mark =
    Math.abs(late) >= SLIGHT &&
    html`<span class="drift" data-sign=${late > 0 ? "late" : "early"}>${drift(late)}</span>`;
  if (next) return html`${mark}<${Tally} on="next" />`;
  return line.item.fixed ? html`${mark}<span class="tag">${t("fixed")}</span>` : mark;
}

/** @param {{desk: Desk, stage: StageShown, line: Line}} props */
function RowMenu({ desk, stage, line }) {
  const { id, state, item } = line;
  const label = t("More for “{title}”", { title: item.title });
  const act = (/** @type {object | null} */ command) => () => desk.direct(command);
  const slides = SLIDELESS.includes(item.kind)
    ? null
    : html`<button type="button" onClick=${() => layFor(id)}>${t("Slides …")}</button>`;
  if (state === "live") {
    const back = { type: "agenda.move", stage: stage.id, item: id, to: stage.waiting.length };
    return html`<${Menu} label=${label}>
      <button type="button" onClick=${act({ type: "agenda.finish", stage: stage.id, item: id })}>
        ${t("Finish, and begin nothing by itself")}
      </button>
      <button type="button" onClick=${act(back)}>${t("Back to the end of the queue")}</button>
      <button type="button" onClick=${act({ type: "agenda.skip", stage: stage.id, item: id })}>
        ${t("Break off and leave out")}
      </button>
      ${slides}
    </${Menu}>`;
  }
  return html`<${Menu} label=${label}>
    <button type="button" onClick=${act(startOf(stage, id))}>${t("Begin now")}</button>
    <button type="button" onClick=${act(shift(stage, id, -1))} disabled=${!shift(stage, id, -1)}>
      ${t("Earlier")}
    </button>
    <button type="button" onClick=${act(shift(stage, id, 1))} disabled=${!shift(stage, id, 1)}>
      ${t("Later")}
    </button>
    <button type="button" onClick=${act({ type: "agenda.skip", stage: stage.id, item: id })}>
      ${t("Leave out")}
    </button>
    ${slides}
  </${Menu}>`;
}

/** @param {{desk: Desk, stage: StageShown}} props */
function RunActs({ desk, stage }) {
  const swap = swapping(stage);
  const undo = undoing(desk.agenda);
  const { last } = desk.agenda;
  const swapped = swap && desk.agenda.items[swap.second]?.title;
  return html`<p class="runacts">
    <button
      class="btn" type="button" disabled=${!swap} aria-keyshortcuts="S"
      onClick=${() => desk.direct(swap?.command)}
      title=${swapped ? t("“{title}” goes first", { title: swapped }) : undefined}
    >
      <${Icon} name="arrow-left-right" />${t("Swap")}
    </button>
    <button
      class="btn undo" type="button" disabled=${!undo} aria-keyshortcuts="U"
      onClick=${() => desk.direct(undo)}
    >
      <${Icon} name="undo-2" /><span>${undoWords(desk, last)}</span>
    </button>
  </p>`;
}

/**
 * @param {Desk} desk
 * @param {import("../../wire.d.ts").LastShown | null} last
 */
function undoWords(desk, last) {
  if (!last) return t("Nothing to undo");
  const deed = deedWords(desk.agenda, last);
  if (last.stage === desk.stageId) return t("Undo: {deed}", { deed });
  const stage = desk.agenda.stages.find((each) => each.id === last.stage)?.name ?? last.stage;
  return t("Undo on {stage}: {deed}", { stage, deed });
}

/** @param {{desk: Desk}} props */
export function OtherStages({ desk }) {
  const others = desk.agenda.stages.filter((each) => each.id !== desk.stageId);
  if (!others.length) return null;
  return html`<div class="others">
    ${others.map((stage) => html`<${Other} key=${stage.id} desk=${desk} stage=${stage} />`)}
  </div>`;
}

/** @param {{desk: Desk, stage: StageShown}} props */
function Other({ desk, stage }) {
  const now = second.value;
  const behind = driftNow(desk.agenda, stage, now);
  const all = rows(desk.agenda, stage, now);
  const ahead = all.filter(({ state }) => state === "live" || state === "waiting");
  return html`<section class="other" aria-labelledby=${`other-${stage.id}`}>
    <header>
      <h2 id=${`other-${stage.id}`}><a href=${`/stage/${stage.id}/desk`}>${stage.name}</a></h2>
      <span class="drift" data-sign=${behind >= SLIGHT ? "late" : "on"}>${driftWords(behind)}</span>
    </header>
    <ol class="rundown">
      ${ahead.slice(0, ELSEWHERE_ROWS).map(
        (line) =>
          html`<${Row}
            key=${line.id} line=${line}
            who=${line.item.people.map((id) => desk.name(id)).join(", ")}
            side=${line.state === "live" ? html`<${Tally} on="air" />` : ""}
          />`,
      )}
    </ol>
    ${!ahead.length && html`<p class="soft">${t("Nothing more is planned here.")}</p>`}
  </section>`;
}
