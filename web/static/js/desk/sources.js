/** Cameras and players of the hall: their lights, on stage or off, and how one is connected. */

import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { Video } from "../parts/video.js";
import { html, signal } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { Connect } from "./connect.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").SourceShown} SourceShown */

/** What is being connected, if anything is. */
const connecting = signal(/** @type {import("./connect.js").Wish | null} */ (null));

/** @param {{desk: Desk}} props */
export function Sources({ desk }) {
  const { known } = desk.pitch.sources;
  return html`<div class="sources">
    <header>
      <h3>${t("Hall cameras")}</h3>
      <button class="btn bare" type="button" onClick=${() => (connecting.value = {})}>
        <${Icon} name="video" />${t("Connect a camera")}
      </button>
    </header>
    <${Unable} desk=${desk} />
    <ul role="list">
      ${known.map((each) => html`<${Row} key=${each.way + each.place} desk=${desk} source=${each} />`)}
    </ul>
    ${connecting.value &&
    html`<${Connect} desk=${desk} wish=${connecting.value} onClose=${() => (connecting.value = null)} />`}
  </div>`;
}

/** Whoever has no H264 sees nothing of such a camera. @param {{desk: Desk}} props */
function Unable({ desk }) {
  const { known, unable } = desk.pitch.sources;
  const camera = known.find(({ codec }) => codec === "h264");
  if (!unable || !camera) return null;
  return html`<p class="notice" data-tone="soon" role="status">
    <${Icon} name="circle-alert" />
    <span
      >${n(
        "{n} viewer cannot see {name}: the browser has no H264. A camera that sends VP8 is seen by all.",
        "{n} viewers cannot see {name}: their browsers have no H264. A camera that sends VP8 is seen by all.",
        unable,
        { name: camera.name },
      )}</span
    >
  </p>`;
}

/** @param {{desk: Desk, source: SourceShown}} props */
function Row({ desk, source }) {
  const { way, place, name, state } = source;
  const lamp = /** @type {const} */ ({ live: "yes", frozen: "no", gone: "off" })[state];
  return html`<li class="seat" data-source=${`${way}-${place}`}>
    <${Picture} desk=${desk} source=${source} />
    <div>
      <span class="name">${name}</span><br />
      <span class="what">${[seatName(place), ...(source.codec ? [codecName(source.codec)] : [])].join(", ")}</span>
    </div>
    <span class="row-side">
      <span class="ready" data-is=${lamp}><${Icon} name=${LAMPS[lamp]} />${lightWord(source)}</span>
      ${way === "in" && html`<${OnStage} desk=${desk} source=${source} />`}
      <${More} desk=${desk} source=${source} />
    </span>
  </li>`;
}

const LAMPS = { yes: "circle-check", no: "circle-alert", off: "circle-dashed" };

/** @param {{desk: Desk, source: SourceShown}} props */
function Picture({ desk, source: { way, place, name } }) {
  const { onAir, previewed } = desk.pitch.sources;
  const feed = place in onAir ? place : place === previewed ? "preview" : null;
  const arrives = way === "in" && feed && desk.viewer.pictures.value.has(feed);
  return arrives
    ? html`<${Video} stream=${desk.viewer.streams.value[feed] ?? null} name=${t("Picture of {name}", { name })} />`
    : html`<span class="video device"><${Icon} name=${way === "in" ? "video" : "monitor"} /></span>`;
}

/** @param {{desk: Desk, source: SourceShown}} props */
function OnStage({ desk, source: { place, name, state } }) {
  const on = place in desk.pitch.sources.onAir;
  if (!on && state === "gone") return null;
  return html`<button
    class="btn" type="button" aria-label=${on ? t("Take {name} off the stage", { name }) : t("Put {name} on stage", { name })}
    onClick=${() => desk.do({ type: "source.air", place, on: !on })}
  >
    ${on ? t("Off the stage") : t("Put on stage")}
  </button>`;
}

/** @param {{desk: Desk, source: SourceShown}} props */
function More({ desk, source }) {
  const { way, place, name, state } = source;
  const previewed = way === "in" && desk.pitch.sources.previewed === place;
  const preview = previewed ? null : place;
  return html`<${Menu} label=${t("More for {name}", { name })}>
    ${way === "in" &&
    (previewed || state !== "gone") &&
    html`<button type="button" onClick=${() => desk.do({ type: "source.preview", place: preview })}>
      ${previewed ? t("End the preview") : t("Show in the preview")}
    </button>`}
    <button type="button" onClick=${() => (connecting.value = { way, place, name })}>
      ${t("New address and key")}
    </button>
    <button type="button" onClick=${() => desk.do({ type: "source.dismiss", way, place })}>
      ${t("Disconnect and forget")}
    </button>
  </${Menu}>`;
}

/** @param {SourceShown} source */
function lightWord({ way, state }) {
  if (way === "out") return state === "gone" ? t("not connected") : t("plays");
  if (state === "frozen") return t("picture stands still");
  return state === "gone" ? t("sends nothing") : t("picture arrives");
}

/** @param {string} codec */
const codecName = (codec) => codec.toUpperCase();

/**
 * A seat, as something may be put on it.
 * @param {SourceShown["place"]} place
 */
export function seatName(place) {
  const names = {
    speaker: t("speaker's seat"),
    screen: t("slides and screen"),
    moderator: t("moderator's seat"),
    guest: t("guest's seat"),
  };
  return names[place];
}
