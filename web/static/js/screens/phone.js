/** A phone that is its owner's camera: their picture, large, and the few things to decide here. */

import { phoneSocket } from "../connection.js";
import { Kit } from "../green/kit.js";
import { enter } from "../house.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { Tally } from "../parts/tally.js";
import { attempt } from "../parts/toast.js";
import { effect, html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";

const { house, config } = await enter(phoneSocket);
const pitch = house.stage(config.stage ?? "");
const me = config.me?.id ?? "";
const light = () => pitch.shown.value?.floor.lights[`${me}/camera`] ?? "gone";
const kit = new Kit(house, pitch.id, () => light() === "live");

const isCamera = () => Boolean(pitch.shown.value?.insurance.phones.includes(me));
const seated = () =>
  Object.values(pitch.shown.value?.floor.seats ?? {}).some((seat) => seat?.person === me);
const use = (/** @type {boolean} */ on) =>
  attempt(house.do(pitch.id, { type: "insurance.use-phone", on }));

mount({ house, ready: () => pitch.shown.value !== null, room: () => html`<${Room} />` });
void begin();
keepAwake();

/** Whoever scanned the code wants to be seen from here; afterwards a reload changes nothing. */
async function begin() {
  await kit.open();
  let begun = false;
  effect(() => {
    if (!pitch.shown.value || !house.me.value) return;
    if (!begun && !navigated()) queueMicrotask(() => void use(true));
    begun = true;
    const sends = isCamera();
    queueMicrotask(() => void (sends ? kit.send() : kit.rest()));
  });
}

/** Whether this page was here before: reloaded, or come back to. */
function navigated() {
  const before = sessionStorage.getItem("foyer.phone") !== null;
  sessionStorage.setItem("foyer.phone", "yes");
  return before;
}

/** A phone that goes dark sends no picture. */
function keepAwake() {
  const ask = () => {
    if (!document.hidden) void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

function Room() {
  const camera = isCamera();
  return html`<h1 class="sr">${t("Phone as camera")}</h1>
    <${Picture}>
      ${camera && html`<${Tally} on=${seated() ? "air" : "next"}>${seated() ? t("Live") : t("Preview")}</${Tally}>`}
    </${Picture}>
    <p class="says" role="status">${says(camera)}</p>
    ${kit.state.value.cameraTrouble && html`<p class="notice" data-tone="wrong" role="alert">${kit.state.value.cameraTrouble}</p>`}
    ${kit.state.value.microphoneTrouble && html`<p class="notice" data-tone="wrong" role="alert">${kit.state.value.microphoneTrouble}</p>`}
    ${camera ? html`<${Gear} />` : html`<button class="btn primary big" type="button" onClick=${() => use(true)}>
          <${Icon} name="smartphone" />${t("Use this phone as camera")}
        </button>`}`;
}

/** @param {boolean} camera */
function says(camera) {
  if (!camera) return t("Your computer is your camera again. You can close this page.");
  if (light() !== "live" || kit.sending.value !== "sending") {
    return kit.sentence.value ?? t("We are connecting you.");
  }
  return seated()
    ? t("You are on. Everybody sees and hears you from here.")
    : t("You are connected. Only the moderator sees you until you are on stage.");
}

/** @param {{ children?: any }} given */
function Picture({ children }) {
  const element = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const { camera } = kit.state.value;
  const away = kit.devices.track("camera")?.getSettings().facingMode === "environment";
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    if (video.srcObject !== kit.devices.stream) video.srcObject = kit.devices.stream;
    void video.play().catch(() => undefined); // starts by itself once there is a picture
  }, [camera]);
  return html`<div class="video">
    <video ref=${element} class=${away ? "" : "mirrored"} muted playsinline autoplay aria-label=${t("Your camera")}></video>
    ${children}
  </div>`;
}

function Gear() {
  const { microphone } = kit.state.value;
  const heard = microphone === "on";
  return html`<div class="gear" role="group" aria-label=${t("Devices")}>
    <button class="btn" type="button" onClick=${() => kit.devices.turnRound()}>
      <${Icon} name="refresh-cw" />${t("Other camera")}
    </button>
    <button class="btn" type="button" aria-pressed=${heard} onClick=${() => kit.devices.turn("microphone", !heard)}>
      <${Icon} name=${heard ? "mic" : "mic-off"} />${heard ? t("Microphone on") : t("Microphone off")}
    </button>
    <button class="btn" type="button" onClick=${() => use(false)}>
      <${Icon} name="monitor" />${t("Back to my computer")}
    </button>
  </div>`;
}
