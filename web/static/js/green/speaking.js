/** What a speaker needs in sight: the clock, a quiet word from the moderator, the question. */

import { beat } from "../clock.js";
import { Arch, LiveClock } from "../parts/arch.js";
import { Icon } from "../parts/icon.js";
import { Place } from "../parts/person.js";
import { Row } from "../parts/rundown.js";
import { rows } from "../desk/rundown.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Picture } from "./programme.js";
import { OwnSlides } from "./slides.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

/** @param {{room: Backstage}} props */
export function Speaking({ room }) {
  const { stage, agenda, floor } = room;
  return html`<section class="programme speaking" aria-labelledby="clock-h">
    <h2 id="clock-h" class="sr">${t("Your time")}</h2>
    <div class="speaker-clock">
      ${stage?.live
        ? html`<${LiveClock} live=${stage.live} drawn=${agenda.now} spoken />`
        : html`<${Arch} state="paused" fraction=${1} time="–" says=${t("the clock rests")} />`}
      <p class="title">${floor.live?.title ?? t("Between two items")}</p>
    </div>
    <${WrapUp} room=${room} />
    <${OwnSlides} room=${room} />
    <${OnAir} room=${room} />
    <${Then} room=${room} />
  </section>`;
}

/** Calm, and seen without being sought. @param {{room: Backstage}} props */
function WrapUp({ room }) {
  if (room.floor.wrapUpAt === null || room.standing.value.seat !== "speaker") return null;
  return html`<p class="notice wrap-up" data-tone="soon" role="status">
    <${Icon} name="hourglass" /><span>${t("Please come to an end.")}</span>
  </p>`;
}

/** The question that everybody sees now. @param {{room: Backstage}} props */
function OnAir({ room }) {
  const question = room.pitch.questions.find((each) => each.state === "air");
  if (!question) return html`<p class="soft">${t("No question is on stage.")}</p>`;
  const author = question.by === null ? undefined : room.foyer.people[question.by];
  return html`<div class="question asked spoken-question">
    <blockquote>${question.text}</blockquote>
    <p class="by">
      ${author && !question.anonymous
        ? html`${author.name} <${Place} place=${author.place} />`
        : t("asked without a name")}
    </p>
  </div>`;
}

/** @param {{room: Backstage}} props */
function Then({ room }) {
  const { stage, agenda } = room;
  const next = stage && rows(agenda, stage, beat.value).find(({ state }) => state === "waiting");
  if (!next) return null;
  const who = next.item.people.map((id) => room.name(id)).join(", ");
  return html`<div class="then">
    <h3>${t("Then")}</h3>
    <ol class="rundown"><${Row} line=${next} who=${who} /></ol>
  </div>`;
}

/** Small, for those who want to see how they look to others. @param {{room: Backstage}} props */
export function Seen({ room }) {
  return html`<details class="seen">
    <summary>${t("What the audience sees")}</summary>
    <div class="scene prog"><${Picture} room=${room} /></div>
  </details>`;
}
