/** What the audience sees, and who would come next. */

import { Ear, EarSwitch } from "../green/ear.js";
import { Figure } from "../parts/person.js";
import { Slide } from "../parts/slide.js";
import { NoPicture, Plate, Video } from "../parts/video.js";
import { html } from "../../vendor/preact.js";
import { onStage } from "../state/slides.js";
import { t } from "../words.js";
import { programme } from "./programme.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Pictures({ desk }) {
  return html`<section class="pictures" aria-label=${t("Pictures")}>
    <figure>
      <figcaption>
        <h2>${t("Programme")}</h2>
        <${EarSwitch} sound=${desk.sound} />
      </figcaption>
      <${Programme} desk=${desk} />
    </figure>
    <figure>
      <figcaption><h2>${t("Preview")}</h2><span class="soft">${t("only you see it")}</span></figcaption>
      <${Preview} desk=${desk} />
    </figure>
    <${Ear}
      viewer=${desk.viewer} floor=${desk.pitch.floor} me=${desk.me} sound=${desk.sound}
      speakerId=${desk.kit.state.value.speakerId}
    />
  </section>`;
}

/** @param {{desk: Desk}} props */
function Programme({ desk }) {
  const { floor } = desk.pitch;
  const streams = desk.viewer.streams.value;
  const trouble = desk.viewer.trouble.value;
  const deck = onStage(desk.pitch.slides);
  const { large, small } = programme(desk.seen, desk.viewer.pictures.value, deck);
  const frame = floor.live ? "on-air" : "";
  const inset = html`<div class="inset">
    ${small.map(
      ({ feed, person }) =>
        html`<${Video}
          key=${feed} stream=${streamOf(streams, feed)}
          name=${t("Camera of {name}", { name: desk.name(person) })}
        />`,
    )}
  </div>`;
  if (deck && large?.feed === "slides") return html`<${Slide} deck=${deck} class=${frame}>${inset}</${Slide}>`;
  if (trouble) return html`<${NoPicture} sentence=${trouble} />`;
  if (!large || large.feed === "slides") {
    return html`<${NoPicture} class=${frame} sentence=${t("Nobody is on stage just now.")} />`;
  }
  const name = desk.name(large.person);
  if (!desk.viewer.pictures.value.has(large.feed)) {
    return html`<${Figure} id=${large.person} class=${frame}>
      <${Plate}>${t("{name}, no picture arrives", { name })}</${Plate}>
    </${Figure}>`;
  }
  return html`<${Video}
    key=${large.feed} stream=${streamOf(streams, large.feed)} class=${frame}
    contain=${large.feed === "screen"} name=${pictureName(large, name)}
  >
    ${inset}
    ${large.feed !== "screen" && html`<${Plate}>${name}</${Plate}>`}
  </${Video}>`;
}

/**
 * @param {Partial<Record<import("../media/viewer.js").Feed, MediaStream>>} streams
 * @param {import("./programme.js").Source["feed"]} feed
 */
const streamOf = (streams, feed) => (feed === "slides" ? null : (streams[feed] ?? null));

/**
 * @param {import("./programme.js").Source} source
 * @param {string} name
 */
function pictureName({ feed }, name) {
  return feed === "screen"
    ? t("Programme: screen of {name}", { name })
    : t("Programme: {name}", { name });
}

/** @param {{desk: Desk}} props */
function Preview({ desk }) {
  const { floor, sources } = desk.pitch;
  const camera = sources.known.find(({ way, place }) => way === "in" && place === sources.previewed);
  if (camera) return html`<${CameraPreview} desk=${desk} name=${camera.name} />`;
  const person = previewed(floor);
  if (!person) {
    const sentence = floor.upcoming.length
      ? t("Nobody of the next item is in the green room yet.")
      : t("Nobody comes after this.");
    return html`<${NoPicture} sentence=${sentence} />`;
  }
  const name = desk.name(person);
  if (desk.viewer.pictures.value.has("preview")) {
    return html`<${Video}
      stream=${desk.viewer.streams.value.preview ?? null} class="on-next"
      name=${t("Preview: {name} in the green room", { name })}
    ><${Plate}>${name}</${Plate}></${Video}>`;
  }
  return html`<${Figure} id=${person} class="on-next">
    <${Plate}>${t("{name}, no picture arrives", { name })}</${Plate}>
  </${Figure}>`;
}

/** A camera of the hall before anybody else sees it. @param {{desk: Desk, name: string}} props */
function CameraPreview({ desk, name }) {
  const stream = desk.viewer.pictures.value.has("preview") && desk.viewer.streams.value.preview;
  if (!stream) return html`<${NoPicture} sentence=${t("{name}, no picture arrives", { name })} />`;
  return html`<${Video} stream=${stream} class="on-next" name=${t("Preview: {name}", { name })}>
    <${Plate}>${name}</${Plate}>
  </${Video}>`;
}

/**
 * Whose camera the house puts behind the preview: the first of the next item who waits.
 * @param {import("../../wire.d.ts").FloorShown} floor
 */
export function previewed(floor) {
  return floor.upcoming[0]?.people.find((person) => person in floor.greenRoom) ?? null;
}
