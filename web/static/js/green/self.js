/** Oneself in the green room and on stage: picture, switches, how one arrives, how ready one is. */

import { isVoice } from "../media/level.js";
import { Screen } from "../media/screen.js";
import { Icon } from "../parts/icon.js";
import { Sign } from "../parts/sign.js";
import { Tally } from "../parts/tally.js";
import { Plate } from "../parts/video.js";
import { attempt } from "../parts/toast.js";
import { html, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { Consent } from "./consent.js";
import { EarSwitch } from "./ear.js";
import { ClipCheck } from "./clip.js";
import { Gear, Level, Mirror, Troubles } from "./gear.js";
import { Phone } from "./phone.js";
import { SlidesCheck } from "./slides.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */
/** @typedef {import("./kit.js").Kit} Kit */

const QUIET = 6000; // milliseconds without a voice until we say that we hear none

/** @param {{room: Backstage}} props */
export function Self({ room }) {
  const { is } = room.standing.value;
  const on = is === "seated";
  // What the moderator asks for comes first, without having to be sought.
  const wanted = room.pitch.insurance.asked === room.me;
  return html`<section class="self" aria-labelledby="self-h">
    <h2 id="self-h">${on ? t("Everybody sees and hears you") : t("This is how you are seen")}</h2>
    ${wanted && html`<${Phone} room=${room} />`}
    <${Mirror}
      kit=${room.kit} class=${on ? "on-air" : "on-next"}
      says=${room.phoned ? t("Your phone has the camera.") : ""}
    >
      <${Tally} on=${on ? "air" : "next"}>${on ? t("Live") : t("Preview")}</${Tally}>
      <${Sign} recording=${room.pitch.recording} />
      ${!on && html`<${Plate}>${t("Only you and the moderator see this picture")}</${Plate}>`}
    </${Mirror}>
    ${
      room.phoned
        ? html`<div class="gear">${on && html`<${OnStage} room=${room} />`}</div>`
        : html`<${Gear} kit=${room.kit}>${on && html`<${OnStage} room=${room} />`}</${Gear}>`
    }
    ${!room.phoned && html`<${Troubles} kit=${room.kit} />`}
    ${!wanted && html`<${Phone} room=${room} />`}
    ${on && html`<${ScreenNotice} room=${room} />`}
    ${!on && html`<${Readiness} room=${room} />`}
    <${Arrival} room=${room} />
    <${Consent} room=${room} />
  </section>`;
}

/** @param {{room: Backstage}} props */
function OnStage({ room }) {
  const { kit } = room;
  const sharing = kit.sharing.value;
  const turn = () => (sharing ? kit.stopSharing() : attempt(kit.share()));
  return html`${Screen.possible &&
    html`<button class="btn" type="button" aria-pressed=${sharing} onClick=${turn}>
      <${Icon} name=${sharing ? "screen-share-off" : "screen-share"} />${sharing
        ? t("Stop showing my screen")
        : t("Show my screen")}
    </button>`}
    <${EarSwitch} sound=${room.sound} bare=${false} />
    <button class="btn leave" type="button" onClick=${() => room.do({ type: "floor.leave-seat" })}>
      <${Icon} name="log-out" />${t("Leave the stage")}
    </button>`;
}

/** A screen that was not chosen, or one that a reload has ended. @param {{room: Backstage}} props */
function ScreenNotice({ room }) {
  const { kit, floor, me } = room;
  const trouble = kit.screenTrouble.value;
  const lost = floor.screen === me && !kit.sharing.value;
  if (lost) {
    return html`<p class="notice" data-tone="soon" role="status">
      <${Icon} name="screen-share-off" />
      <span>${t("Your screen is no longer shown from this page.")}</span>
      <button class="btn bare" type="button" onClick=${() => attempt(kit.share())}>
        ${t("Show it again")}
      </button>
    </p>`;
  }
  if (!trouble) return null;
  return html`<p class="notice" data-tone="wrong" role="status">
    <${Icon} name="circle-alert" /><span>${trouble}</span>
  </p>`;
}

/** @param {{room: Backstage}} props */
function Readiness({ room }) {
  const own = room.floor.greenRoom[room.me];
  if (!own) return null;
  const say = (/** @type {"ready" | "nearly"} */ state) =>
    room.do({ type: "floor.say-ready", state: own.state === state ? "absent" : state });
  return html`<div class="readiness" role="group" aria-label=${t("How ready you are")}>
    <button
      class="btn" type="button" aria-pressed=${own.state === "ready"} onClick=${() => say("ready")}
    >
      <${Icon} name="circle-check" />${t("I am ready")}
    </button>
    <button
      class="btn" type="button" aria-pressed=${own.state === "nearly"} onClick=${() => say("nearly")}
    >
      <${Icon} name="hourglass" />${t("I need two more minutes")}
    </button>
    <button class="btn bare leave" type="button" onClick=${() => room.goOut()}>
      <${Icon} name="door-open" />${t("Leave the green room")}
    </button>
  </div>`;
}

/** How picture and sound arrive. @param {{room: Backstage}} props */
function Arrival({ room }) {
  const { kit, light } = room;
  return html`<ul class="checks" role="list">
    ${
      !room.phoned &&
      html`<${MicrophoneCheck} kit=${kit} />
        <${CameraCheck} kit=${kit} />
        <${LineCheck} light=${light} sending=${kit.sending.value} />`
    }
    <${SlidesCheck} room=${room} />
    <${ClipCheck} room=${room} />
  </ul>`;
}

/**
 * @param {{icon: string, title: string, says: string, is: "yes" | "wait" | "no", waits?: string,
 *   children?: any}} props  `waits` is the word for what is still open.
 */
export function CheckLine({ icon, title, says, is, waits = "", children }) {
  const lamp = { yes: "circle-check", wait: "hourglass", no: "circle-alert" }[is];
  const word = { yes: t("fine"), wait: waits || t("one moment"), no: t("not working") }[is];
  return html`<li>
    <${Icon} name=${icon} />
    <div><b>${title}</b><br /><span class="soft">${says}</span>${children}</div>
    <span class="ready" data-is=${is}><${Icon} name=${lamp} />${word}</span>
  </li>`;
}

/** @param {{kit: Kit}} props */
export function MicrophoneCheck({ kit }) {
  const { microphone, microphoneTrouble } = kit.state.value;
  const heard = useHeard(kit);
  const [is, says] = microphoneWords(microphone, microphoneTrouble, heard);
  return html`<${CheckLine} icon="mic" title=${t("Microphone")} says=${says} is=${is}>
    ${(microphone === "on" || microphone === "muted") && html`<${Level} level=${kit.level} />`}
  </${CheckLine}>`;
}

/**
 * @param {import("../media/devices.js").Standing} microphone
 * @param {string | null} trouble
 * @param {boolean | null} heard  null while it is too early to say
 * @returns {["yes" | "wait" | "no", string]}
 */
function microphoneWords(microphone, trouble, heard) {
  if (microphone === "muted") return ["wait", t("Your microphone is off.")];
  if (microphone !== "on") return [microphone === "lost" ? "no" : "wait", trouble ?? t("not open yet")];
  if (heard) return ["yes", t("You sound fine.")];
  if (heard === null) return ["wait", t("Please say a few words.")];
  return ["no", t("We cannot hear you. Please choose another microphone.")];
}

/**
 * Whether a voice was heard since this microphone was opened; null until we can tell.
 * @param {Kit} kit
 * @returns {boolean | null}
 */
export function useHeard(kit) {
  const [heard, setHeard] = useState(/** @type {boolean | null} */ (null));
  const { microphone, microphoneId } = kit.state.value;
  const measures = kit.measures.value;
  useEffect(() => {
    setHeard(null);
    if (microphone !== "on" || !measures) return;
    const timer = setTimeout(() => setHeard((before) => before ?? false), QUIET);
    const stop = kit.level.subscribe((level) => {
      if (isVoice(level)) setHeard(true);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [microphone, microphoneId, measures]);
  return heard;
}

/** @param {{kit: Kit}} props */
export function CameraCheck({ kit }) {
  const { camera, cameraTrouble } = kit.state.value;
  const is = camera === "on" ? "yes" : camera === "lost" ? "no" : "wait";
  return html`<${CheckLine}
    icon="video" title=${t("Camera")} is=${is} says=${cameraTrouble ?? cameraWords(camera)}
  />`;
}

/** @param {import("../media/devices.js").Standing} camera */
function cameraWords(camera) {
  if (camera === "on") return t("The camera is on. Light from the front helps.");
  return camera === "muted" ? t("Your camera is off.") : t("not open yet");
}

/**
 * @param {{light: string, sending: import("../media/publisher.js").Sending}} props
 */
function LineCheck({ light, sending }) {
  const [is, says] = lineWords(light, sending);
  return html`<${CheckLine} icon="wifi" title=${t("Connection")} is=${is} says=${says} />`;
}

/**
 * @param {string} light
 * @param {import("../media/publisher.js").Sending} sending
 * @returns {["yes" | "wait" | "no", string]}
 */
function lineWords(light, sending) {
  if (light === "frozen") return ["no", t("Your picture stands still. We are trying again.")];
  if (sending === "elsewhere") return ["wait", t("Another window of yours is sending.")];
  if (sending === "sending" && light === "live") return ["yes", t("Picture and sound arrive.")];
  return ["wait", t("We are connecting you.")];
}
