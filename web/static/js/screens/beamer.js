/** The hall's screen: always dark, nothing to operate, readable from row 20. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { enter, roomOf } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { LiveClock } from "../parts/arch.js";
import { blocked, want } from "../media/sound.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { listed, roleLine } from "../parts/person.js";
import { Slide } from "../parts/slide.js";
import { Sign } from "../parts/sign.js";
import { Sound } from "../parts/sound.js";
import { Tally } from "../parts/tally.js";
import { NoPicture } from "../parts/video.js";
import { arrange } from "../stage/arrange.js";
import { lapse } from "../stage/moment.js";
import { SeatPicture } from "../stage/picture.js";
import { interlude } from "../stage/scene.js";
import { clockSays } from "../stage/titles.js";
import { onNow, stageOf, upcoming } from "../state/agenda.js";
import { onAir } from "../state/questions.js";
import { insured } from "../state/insurance.js";
import { onStage } from "../state/slides.js";
import { seen } from "../state/sources.js";
import { machineTime, timeOfDay } from "../times.js";
import { spoken, t } from "../words.js";

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").PitchShown} PitchShown */

const { house, config } = await enter();
const id = config.stage ?? "";
const foyer = house.foyer();
const pitch = house.stage(id);
const viewer = new Viewer(house, roomOf(id));
// The way in stays as the server drew it: a QR code is not drawn twice.
const join = document.querySelector('[data-live="join"]');

const agendaNow = () => /** @type {AgendaShown} */ (foyer.shown.value?.agenda);
const pitchNow = () => /** @type {PitchShown} */ (pitch.shown.value);
const person = (/** @type {string} */ who) => house.person(who);

function Beamer() {
  const agenda = agendaNow();
  return html`
    <header>
      <p class="word"><${Mark} /><span>${config.gathering}</span></p>
      <p class="soft">${stageOf(agenda, id)?.name}</p>
      <${Wall} />
    </header>
    <${Now} agenda=${agenda} />
    <${Picture} agenda=${agenda} />
    <${Air} />
    <${Then} agenda=${agenda} />
    <${Join} />
    <${Sound} streams=${viewer.streams.value} except=${["preview"]} />
    ${
      blocked.value
        ? html`<p class="silent" role="status"><${Icon} name="volume-x" />${t("Any key turns the sound on.")}</p>`
        : null
    }
  `;
}

const Mark = () => html`
  <svg class="mark" viewBox="0 0 32 24" aria-hidden="true">
    <path d="M2 22a14 14 0 0 1 28 0M8 22a8 8 0 0 1 16 0" /><circle cx="16" cy="21" r="2.2" />
  </svg>
`;

const Wall = () => html`
  <time class="wall" datetime=${machineTime(Math.floor(beat.value / 60) * 60)}
    >${timeOfDay(beat.value)}</time
  >
`;

/** @param {{ agenda: AgendaShown }} given */
function Now({ agenda }) {
  const now = onNow(agenda, id);
  const [next] = upcoming(agenda, id);
  const item = now?.item ?? next?.item;
  return html`
    <section class="now" aria-labelledby="b-now">
      <div class="txt">
        <p class="kicker">
          ${item ? html`<${Tally} on=${now ? "air" : "next"}>${now ? t("Now") : t("Soon")}</${Tally}>` : null}
          ${" "}<${Sign} recording=${pitchNow().recording} />
        </p>
        <h1 id="b-now">${item?.title ?? t("Thank you and good night.")}</h1>
      </div>
      <${Speaker} item=${item} />
      ${now ? html`<${LiveClock} live=${now.live} drawn=${agenda.now} says=${clockSays(now.item)} />` : null}
    </section>
  `;
}

/** @param {{ item: import("../../wire.d.ts").ItemShown | undefined }} given */
function Speaker({ item }) {
  const people = (item?.people ?? []).map(person).filter((each) => each !== undefined);
  if (!people.length) return html`<div class="speaker"></div>`;
  const names = people.map(({ name }) => name);
  return html`
    <div class="speaker">
      <p class="name">${listed(names, spoken())}</p>
      ${people.length === 1 ? html`<p class="soft">${roleLine(people[0])}</p>` : null}
    </div>
  `;
}

/** @param {{ agenda: AgendaShown }} given */
function Picture({ agenda }) {
  const deck = onStage(pitchNow().slides);
  const { insurance } = pitchNow();
  const floor = insured(seen(pitchNow().floor, pitchNow().sources), insurance);
  const { main, small } = arrange(floor, viewer.visible, false, deck);
  const stage = {
    house,
    viewer,
    id,
    room: roomOf(id),
    me: "",
    pitch: pitchNow(),
    pitchNow,
    agenda,
  };
  if (!main) return html`<${NoPicture} sentence=${interlude(stage)} />`;
  const sheet = main.feed === "screen" || main.feed === "slides";
  const near = sheet && small.find(({ feed }) => feed !== "slides" && viewer.visible.has(feed));
  const beside = near
    ? html`<${SeatPicture} key=${near.feed} house=${house} viewer=${viewer} picture=${near} lapse=${lapse(insurance, near)} class="beside" />`
    : null;
  if (main.feed === "slides") return html`<${Slide} deck=${deck}>${beside}</${Slide}>`;
  return html`
    <${SeatPicture} key=${main.feed} house=${house} viewer=${viewer} picture=${main} lapse=${lapse(insurance, main)}>
      ${beside}
    </${SeatPicture}>
  `;
}

/** The question everybody is to read. */
function Air() {
  const question = onAir(pitchNow().questions);
  if (!question) return html`<section class="ask quiet"></section>`;
  const author = question.anonymous ? undefined : house.person(question.by);
  const place = author?.place === "hall" ? t("in the hall") : t("at home");
  return html`
    <section class="ask" aria-labelledby="b-q">
      <h2 id="b-q">${t("Question from the audience")}</h2>
      <blockquote>${t("“{text}”", { text: question.text })}</blockquote>
      <p class="soft">${author ? `${author.name}, ${place}` : t("asked without a name")}</p>
    </section>
  `;
}

/** @param {{ agenda: AgendaShown }} given */
function Then({ agenda }) {
  const lines = upcoming(agenda, id);
  const following = (onNow(agenda, id) ? lines : lines.slice(1)).slice(0, 2);
  if (!following.length) return html`<section class="then"></section>`;
  return html`
    <section class="then" aria-labelledby="b-then">
      <h2 id="b-then">${t("Then")}</h2>
      <ol role="list">
        ${following.map(({ id: item, item: { title, people }, startsAt }) => {
          const names = people.map((who) => person(who)?.name).filter((name) => name !== undefined);
          return html`<li key=${item}>
            <time datetime=${machineTime(startsAt)}>${timeOfDay(startsAt)}</time>
            <span>${names.length ? html`<b>${listed(names, spoken())}</b><br />${title}` : html`<b>${title}</b>`}</span>
          </li>`;
        })}
      </ol>
    </section>
  `;
}

function Join() {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (join) place.current?.replaceChildren(join);
  }, []);
  return html`<div class="asis" ref=${place}></div>`;
}

// Nothing here is operated; any key or click only lets the sound in.
for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, () => {
    if (blocked.value) want({ on: true, volume: 1 });
  });
}
want({ on: true, volume: 1 });
viewer.start();
mount({
  house,
  ready: () => pitch.shown.value !== null && foyer.shown.value !== null,
  room: Beamer,
});
