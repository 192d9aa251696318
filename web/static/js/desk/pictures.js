/** What the audience sees, and who would come next. */

import { Ear, EarSwitch } from "../green/ear.js";
import { Figure } from "../parts/person.js";
import { NoPicture, Plate, Video } from "../parts/video.js";
import { html } from "../../vendor/preact.js";
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
  const { large, small } = programme(floor, desk.viewer.pictures.value);
  const frame = floor.live ? "on-air" : "";
  if (trouble) return html`<${NoPicture} sentence=${trouble} />`;
  if (!large) return html`<${NoPicture} class=${frame} sentence=${t("Nobody is on stage just now.")} />`;
  const name = desk.name(large.person);
  if (!desk.viewer.pictures.value.has(large.feed)) {
    return html`<${Figure} id=${large.person} class=${frame}>
      <${Plate}>${t("{name}, no picture arrives", { name })}</${Plate}>
    </${Figure}>`;
  }
  return html`<${Video}
    key=${large.feed} stream=${streams[large.feed] ?? null} class=${frame}
    contain=${large.feed === "screen"} name=${pictureName(large, name)}
  >
    <div class="inset">
      ${small.map(
        ({ feed, person }) =>
          html`<${Video}
            key=${feed} stream=${streams[feed] ?? null}
            name=${t("Camera of {name}", { name: desk.name(person) })}
          />`,
      )}
    </div>
    ${large.feed !== "screen" && html`<${Plate}>${name}</${Plate}>`}
  </${Video}>`;
}

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
  const { floor } = desk.pitch;
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

/**
 * Whose camera the house puts behind the preview: the first of the next item who waits.
 * @param {import("../../wire.d.ts").FloorShown} floor
 */
export function previewed(floor) {
  return floor.upcoming[0]?.people.find((person) => person in floor.greenRoom) ?? null;
}
