/** What the audience sees, and who would come next. */

import { useSpeaker } from "../green/gear.js";
import { Icon } from "../parts/icon.js";
import { Figure } from "../parts/person.js";
import { NoPicture, Plate, Video } from "../parts/video.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Pictures({ desk }) {
  const sound = desk.sound.value;
  const self = useSpeaker(desk.kit);
  return html`<section ref=${self} class="pictures" aria-label=${t("Pictures")}>
    <figure>
      <figcaption>
        <h2>${t("Programme")}</h2>
        <button
          class="btn bare" type="button" aria-pressed=${sound}
          onClick=${() => (desk.sound.value = !sound)}
        >
          <${Icon} name=${sound ? "volume-2" : "volume-x"} />${sound ? t("Sound on") : t("silent")}
        </button>
      </figcaption>
      <${Programme} desk=${desk} />
    </figure>
    <figure>
      <figcaption><h2>${t("Preview")}</h2><span class="soft">${t("only you see it")}</span></figcaption>
      <${Preview} desk=${desk} />
    </figure>
  </section>`;
}

/** @param {{desk: Desk}} props */
function Programme({ desk }) {
  const { floor } = desk.pitch;
  const { value: streams } = desk.viewer.streams;
  const { value: pictures } = desk.viewer.pictures;
  const muted = !desk.sound.value;
  const speaker = floor.seats.speaker?.person;
  const frame = floor.live ? "on-air" : "";
  const name = speaker === undefined ? "" : desk.name(speaker);
  if (desk.viewer.trouble.value) return html`<${NoPicture} sentence=${desk.viewer.trouble.value} />`;
  if (pictures.has("screen") && floor.screen) {
    return html`<${Video}
      key="screen" stream=${streams.screen ?? null} contain muted=${muted} class=${frame}
      name=${t("Programme: screen of {name}", { name: desk.name(floor.screen) })}
    >
      ${pictures.has("speaker") &&
      html`<div class="inset">
        <${Video} stream=${streams.speaker ?? null} muted=${muted} name=${t("Camera of {name}", { name })} />
      </div>`}
    </${Video}>`;
  }
  if (!speaker) {
    return html`<${NoPicture} class=${frame} sentence=${t("Nobody sits on the speaker's seat.")} />`;
  }
  if (pictures.has("speaker")) {
    return html`<${Video}
      key="speaker" stream=${streams.speaker ?? null} muted=${muted} class=${frame}
      name=${t("Programme: {name}", { name })}
    ><${Plate}>${name}</${Plate}></${Video}>`;
  }
  return html`<${Figure} id=${speaker} class=${frame}>
    <${Plate}>${t("{name}, no picture arrives", { name })}</${Plate}>
  </${Figure}>`;
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
