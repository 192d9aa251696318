/** What the audience sees, muted and a moment late; who is before me and when it is my turn. */

import { beat } from "../clock.js";
import { programme } from "../desk/programme.js";
import { rows } from "../desk/rundown.js";
import { Arch, LiveClock } from "../parts/arch.js";
import { Bells } from "../parts/bells.js";
import { Figure } from "../parts/person.js";
import { Row } from "../parts/rundown.js";
import { Slide } from "../parts/slide.js";
import { Tally } from "../parts/tally.js";
import { NoPicture, Plate, Video } from "../parts/video.js";
import { rung } from "../state/countdown.js";
import { onStage } from "../state/slides.js";
import { seen } from "../state/sources.js";
import { length } from "../times.js";
import { computed, html } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { EarSwitch } from "./ear.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */
/** @typedef {import("../state/agenda.js").Line} Line */

const HORIZON = 1200; // seconds before one's turn that fill the arch
const AFTER_ME = 1; // lines shown after one's own

/** Once a second is often enough for what is told in minutes. */
const second = computed(() => Math.floor(beat.value));

/** @param {{room: Backstage}} props */
export function Programme({ room }) {
  return html`<section class="programme" aria-labelledby="prog-h">
    <div class="who-head">
      <h2 id="prog-h">${t("This is what the audience sees")}</h2>
      <${EarSwitch} sound=${room.sound} />
    </div>
    <div class="scene prog">
      <${Picture} room=${room} />
      <div class="prog-foot"><${Now} room=${room} /><${Until} room=${room} /></div>
    </div>
    <p class="soft"><small>${t("The picture is about one second behind. Put on headphones before you turn the sound on.")}</small></p>
    <${Lineup} room=${room} />
  </section>`;
}

/** @param {{room: Backstage}} props */
export function Picture({ room }) {
  const pictures = room.viewer.pictures.value;
  const deck = onStage(room.pitch.slides);
  const { large } = programme(seen(room.floor, room.pitch.sources), pictures, deck);
  if (deck && large?.feed === "slides") {
    return html`<${Slide} deck=${deck} class="on-air"><${Tally} on="air" /></${Slide}>`;
  }
  if (room.viewer.trouble.value) return html`<${NoPicture} sentence=${room.viewer.trouble.value} />`;
  if (!large || large.feed === "slides") return html`<${NoPicture} sentence=${t("Nobody is on stage just now.")} />`;
  const { feed, person } = large;
  const name = room.name(person);
  const stream = pictures.has(feed) ? room.viewer.streams.value[feed] : undefined;
  const plate = html`<${Tally} on="air" /><${Plate}>${name}</${Plate}>`;
  if (!stream) return html`<${Figure} id=${person} class="on-air">${plate}</${Figure}>`;
  return html`<${Video}
    key=${feed} stream=${stream} contain=${feed === "screen"}
    class="on-air" name=${t("Programme: {name}", { name })}
  >${plate}</${Video}>`;
}

/** @param {{room: Backstage}} props */
function Now({ room }) {
  const air = room.pitch.questions.find((each) => each.state === "air");
  const { live } = room.floor;
  return html`<div class="onair">
    <p class="soft"><small>${live ? t("On stage now") : t("Between two items")}</small></p>
    <p class="t">${air ? t("“{text}”", { text: air.text }) : (live?.title ?? t("It goes on in a moment."))}</p>
  </div>`;
}

/** @param {{room: Backstage}} props */
function Until({ room }) {
  const now = beat.value;
  const turn = room.turn(now);
  if (!turn || room.standing.value.is === "called") {
    const live = room.stage?.live;
    return live ? html`<${LiveClock} live=${live} drawn=${room.agenda.now} />` : null;
  }
  const left = Math.max(0, turn.at - now);
  return html`<${Arch}
    state=${left <= 60 ? "soon" : "calm"} fraction=${Math.min(1, left / HORIZON)}
    time=${length(left)} says=${t("until your turn")}
  />`;
}

/** @param {{room: Backstage}} props */
function Lineup({ room }) {
  const { stage, agenda } = room;
  if (!stage) return null;
  const now = second.value;
  const turn = room.turn(now);
  const called = room.standing.value.is === "called";
  const ahead = rows(agenda, stage, now).filter(({ state }) => state === "live" || state === "waiting");
  const mine = ahead.findIndex(({ id }) => id === turn?.item);
  const shown = ahead.slice(0, Math.max(mine + 1 + AFTER_ME, 3));
  return html`<div class="lineup">
    ${turn && !called && html`<${Bells} rung=${rung(turn.at, now)} />`}
    <ol class="rundown">
      ${shown.map((line) => html`<${LineupRow} key=${line.id} room=${room} line=${line} />`)}
    </ol>
    <${Before} room=${room} />
  </div>`;
}

/** @param {{room: Backstage, line: Line}} props */
function LineupRow({ room, line }) {
  const mine = line.item.people.includes(room.me);
  const who = line.item.people.map((id) => room.name(id)).join(", ");
  const next = room.stage?.waiting[0] === line.id;
  const side =
    line.state === "live"
      ? html`<${Tally} on="air" />`
      : next
        ? html`<${Tally} on="next" />`
        : undefined;
  return html`<${Row} line=${line} who=${who} you=${mine} side=${side} />`;
}

/** How many are before me, in words. @param {{room: Backstage}} props */
function Before({ room }) {
  const { is, before } = room.standing.value;
  if (is !== "waiting" || !before) return null;
  const turn = room.turn(second.value);
  if (!turn) return null;
  const minutes = Math.max(1, Math.round((turn.at - second.value) / 60));
  return html`<p class="soft">
    ${n(
      "Before you: {before}. About {n} minute.",
      "Before you: {before}. About {n} minutes.",
      minutes,
      { before },
    )}
  </p>`;
}

