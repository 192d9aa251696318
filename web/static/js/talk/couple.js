/** The two pictures of a talk and a screen that is shown, with the sound apart from them. */

import { Mirror } from "../green/gear.js";
import { soundFrom } from "../media/devices.js";
import { blocked } from "../media/sound.js";
import { Icon } from "../parts/icon.js";
import { Figure } from "../parts/person.js";
import { SoundButton } from "../parts/sound.js";
import { Plate, Video } from "../parts/video.js";
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";
import { absence } from "./absence.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */

/** @param {{ room: Talk, talk: Breakout }} given */
export function Couple({ room, talk }) {
  const way = /** @type {import("./way.js").PairWay | null} */ (room.way.value);
  const partner = room.others[0] ?? "";
  const streams = way?.pair.streams.value ?? {};
  const shown = way?.pair.partner.value;
  const screen = shown?.screen && way?.pair.pictures.value.has("screen") ? streams.screen : null;
  return html`
    <section class="table" aria-label=${t("Picture and sound")} data-screen=${screen ? "yes" : undefined}>
      ${
        screen &&
        html`<${Video}
          stream=${screen} name=${t("Screen of {name}", { name: room.name(partner) })}
          class="shared" contain
        />`
      }
      <${Partner} room=${room} talk=${talk} partner=${partner} way=${way} />
      <${Own} room=${room} />
      <${SoundButton} />
    </section>
    ${["voice", "playing"].map((lane) => {
      const stream = streams[/** @type {"voice" | "playing"} */ (lane)];
      return stream && html`<${Voice} key=${lane} lane=${lane} stream=${stream} room=${room} />`;
    })}
  `;
}

/** @param {{ room: Talk, talk: Breakout, partner: string, way: import("./way.js").PairWay | null }} given */
function Partner({ room, talk, partner, way }) {
  const name = room.name(partner);
  const says = absence(room, talk, partner);
  const shown = way?.pair.partner.value;
  const seen = way?.pair.pictures.value.has("camera") && shown?.camera !== false;
  const plate = html`<${Plate}>
    ${name}${
      shown?.microphone === false &&
      html`<${Icon} name="mic-off" /><span class="sr">${t("Microphone off")}</span>`
    }
  </${Plate}>`;
  if (seen && !says) {
    const stream = way?.pair.streams.value.camera ?? null;
    return html`<${Video} stream=${stream} name=${t("Camera of {name}", { name })} class="partner-picture">
      ${plate}
    </${Video}>`;
  }
  const live = way?.pair.state.value === "live";
  return html`<${Figure} id=${partner}>
    <p class="says" role="status">${says || (live ? t("The camera is off.") : t("Connecting …"))}</p>
    ${plate}
  </${Figure}>`;
}

/** @param {{ room: Talk }} given */
export const Own = ({ room }) => html`<${Mirror} kit=${room.equipment}>
  <${Plate}>
    ${t("You")}${
      room.equipment.state.value.microphone !== "on" &&
      html`<${Icon} name="mic-off" /><span class="sr">${t("Microphone off")}</span>`
    }
  </${Plate}>
  ${
    room.equipment.sharing.value &&
    html`<p class="showing"><${Icon} name="screen-share" />${t("You are showing your screen.")}</p>`
  }
</${Mirror}>`;

/** @param {{ stream: MediaStream, lane: string, room: Talk }} given */
function Voice({ stream, lane, room }) {
  const self = useRef(/** @type {HTMLAudioElement | null} */ (null));
  const { speakerId } = room.equipment.state.value;
  const silent = blocked.value;
  useEffect(() => {
    const audio = self.current;
    if (!audio) return;
    if (audio.srcObject !== stream) audio.srcObject = stream;
    audio.muted = silent;
    void soundFrom(audio, speakerId);
    audio.play().catch((why) => {
      if (why.name === "NotAllowedError") blocked.value = true; // the browser wants a click first
    });
  }, [stream, silent, speakerId]);
  return html`<audio ref=${self} data-lane=${lane}></audio>`;
}
