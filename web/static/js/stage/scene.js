/** The stage itself: the picture, who is on, the clock. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { announce } from "../parts/announce.js";
import { LiveClock } from "../parts/arch.js";
import { Icon } from "../parts/icon.js";
import { Place, roleLine } from "../parts/person.js";
import { Slide } from "../parts/slide.js";
import { Sign } from "../parts/sign.js";
import { Sound, SoundButton } from "../parts/sound.js";
import { Tally } from "../parts/tally.js";
import { NoPicture, Plate } from "../parts/video.js";
import { onNow, phase, stageOf, upcoming } from "../state/agenda.js";
import { insured } from "../state/insurance.js";
import { onStage } from "../state/slides.js";
import { seen } from "../state/sources.js";
import { timeOfDay } from "../times.js";
import { n, t } from "../words.js";
import { arrange } from "./arrange.js";
import { lapse } from "./moment.js";
import { SeatPicture } from "./picture.js";
import { cast, clockSays, headline } from "./titles.js";
import { Why, WhyDialog } from "./why.js";

/** @typedef {import("../screens/stage.js").Stage} Stage */
/** @typedef {import("./arrange.js").Picture} Picture */

/** @param {{ stage: Stage, swapped: boolean, seatRef?: any }} given */
export function Scene({ stage, swapped, seatRef }) {
  const { pitch, viewer, me } = stage;
  const floor = insured(seen(pitch.floor, pitch.sources), pitch.insurance);
  const { main, small } = arrange(floor, viewer.visible, swapped, onStage(pitch.slides));
  const own = Object.entries(pitch.floor.seats)
    .filter(([, seating]) => seating?.person === me)
    .map(([seat]) => seat);
  return html`
    <section class="scene" aria-labelledby="now-h" ref=${seatRef}>
      <${Large} stage=${stage} picture=${main} />
      ${Object.keys(floor.seats).length ? html`<${SoundButton} />` : null}
      <div class="foot">
        <div class="cameras">
          ${small.map(
            (each) => html`<${Seat}
              key=${each.feed}
              stage=${stage}
              picture=${each}
              named=${small.length > 1 || each.feed !== "speaker"}
            />`,
          )}
        </div>
        <${Now} stage=${stage} />
        <${Clock} stage=${stage} />
      </div>
      ${viewer.stills.images.value.size ? html`<${OnlyStills} stage=${stage} />` : null}
      <${WhyDialog} />
      <${Sound} streams=${viewer.streams.value} except=${[...own, "preview"]} />
    </section>
  `;
}

/** @param {{ stage: Stage }} given */
const OnlyStills = ({ stage }) => html`<p class="notice only-stills" role="status">
  <${Icon} name="circle-alert" />
  <span>${t("Your network lets no moving picture and no sound through. You see still pictures.")}</span>
  <${Why} wire=${stage.house.connection} />
</p>`;

/** @param {{ stage: Stage, picture: Picture | null }} given */
function Large({ stage, picture }) {
  const trouble = stage.viewer.trouble.value;
  const away = stage.viewer.state.value !== "live" && !stage.viewer.visible.size;
  // Slides come without any media connection: they stay while that is in trouble.
  if (trouble && away && picture?.feed !== "slides") {
    return html`<${NoPicture} class="slide" sentence=${trouble}>
      <${Why} wire=${stage.house.connection} />
    </${NoPicture}>`;
  }
  if (picture) return html`<${Seat} key=${picture.feed} stage=${stage} picture=${picture} large />`;
  return html`<${NoPicture} class="slide" sentence=${interlude(stage)} />`;
}

/** @param {{ stage: Stage, picture: Picture, large?: boolean, named?: boolean }} given */
function Seat({ stage, picture, large = false, named = false }) {
  const { viewer, house, pitch } = stage;
  const { feed, person } = picture;
  if (feed === "slides") return html`<${Page} deck=${pitch.slides.live} large=${large} />`;
  const name = house.person(person)?.name ?? "";
  const still = !viewer.visible.has(feed);
  const short = named ? (feed === "screen" ? t("Screen") : name) : "";
  return html`<${SeatPicture}
    house=${house}
    viewer=${viewer}
    picture=${{ feed, person }}
    lapse=${lapse(pitch.insurance, picture)}
    class=${large ? "slide" : ""}
    contain=${large}
    plate=${large && still ? waiting(stage, name) : short}
  />`;
}

/** @param {{ deck: import("../../wire.d.ts").Deck, large: boolean }} given */
const Page = ({ deck, large }) => html`<${Slide} deck=${deck} small=${!large} class=${large ? "slide" : ""}>
  ${large ? null : html`<${Plate}>${t("Slides")}</${Plate}>`}
</${Slide}>`;

/**
 * Below the figure of somebody whose picture is not there.
 * @param {Stage} stage
 * @param {string} name
 */
function waiting({ viewer }, name) {
  if (viewer.thin.value) {
    return t("{name}, without the picture while your connection is slow", { name });
  }
  return viewer.state.value === "live"
    ? t("{name}, without a picture just now", { name })
    : t("{name}, the picture is coming", { name });
}

/** @param {{ stage: Stage }} given */
function Now({ stage }) {
  const { agenda, id, pitch } = stage;
  const line = agenda && stageOf(agenda, id);
  const now = agenda && onNow(agenda, id);
  const watching = pitch.presence.here.length;
  useSpokenTitle(now?.item.title);
  return html`
    <div class="now">
      <p class="line">
        <${Tally} on=${now ? "air" : "off"}>${now ? t("Live") : t("Not live")}</${Tally}>
        <span>${line?.name}</span>
        <span class="watch">${n("{n} is watching", "{n} are watching", watching)}</span>
        <${Sign} recording=${pitch.recording} />
      </p>
      <h1 id="now-h">${now?.item.title ?? line?.name ?? stage.id}</h1>
      ${now ? html`<${Who} stage=${stage} item=${now.item} />` : null}
    </div>
  `;
}

/**
 * A screen reader hears when something else is on.
 * @param {string | undefined} title
 */
function useSpokenTitle(title) {
  const before = useRef(title);
  useEffect(() => {
    if (title && title !== before.current) announce(t("Now on stage: {title}", { title }));
    before.current = title;
  }, [title]);
}

/** Who is speaking, and from where. @param {{ stage: Stage, item: import("../../wire.d.ts").ItemShown }} given */
function Who({ stage, item }) {
  const { house, pitch } = stage;
  const speaker = house.person(pitch.floor.seats.speaker?.person ?? item.people[0]);
  if (item.people.length > 1 && !pitch.floor.seats.speaker) {
    return html`<p class="soft">${cast(item, (id) => house.person(id))}</p>`;
  }
  if (!speaker) return null;
  return html`
    <p class="soft">
      ${speaker.name}<span class="long">, ${roleLine(speaker)}</span>${" "}
      <${Place} place=${speaker.place} />
    </p>
  `;
}

/** @param {{ stage: Stage }} given */
function Clock({ stage: { agenda, id } }) {
  const now = agenda && onNow(agenda, id);
  if (!now) return null;
  return html`<${LiveClock} live=${now.live} drawn=${agenda.now} says=${clockSays(now.item)} spoken />`;
}

/**
 * What stands where nobody sits: a break, before, between, after.
 * @param {Stage} stage
 */
export function interlude({ agenda, id, house }) {
  if (!agenda) return "";
  const now = onNow(agenda, id);
  const [next] = upcoming(agenda, id);
  const person = (/** @type {string} */ who) => house.person(who);
  if (now?.item.kind === "break") {
    return t("Break until about {time}.", { time: timeOfDay(now.live.endsAt) });
  }
  if (now?.item.kind === "round")
    return t("The talks in pairs are on. The stage goes on afterwards.");
  if (now) {
    const names = cast(now.item, person);
    return names ? t("{names} will be on stage in a moment.", { names }) : now.item.title;
  }
  if (!next) return t("That was the programme on this stage. Thank you for being here.");
  const values = { time: timeOfDay(next.startsAt), title: headline(next.item, person) };
  return phase(agenda) === "before"
    ? t("It begins here at {time}: {title}", values)
    : t("It goes on here at about {time}: {title}", values);
}
