/** One's own picture and the switches under it: microphone, camera, which devices. */

import { Icon } from "../parts/icon.js";
import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("../media/devices.js").Device} Device */

/**
 * The own picture, as in a mirror.
 * @param {{kit: Kit, children?: any, class?: string, says?: string}} props  `says` stands where
 *   no picture is.
 */
export function Mirror({ kit, children, class: frame = "", says = "" }) {
  const element = /** @type {{current: HTMLVideoElement | null}} */ (useRef(null));
  const { camera } = kit.state.value;
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    if (video.srcObject !== kit.devices.stream) video.srcObject = kit.devices.stream;
    void video.play().catch(() => undefined); // starts by itself once there is a picture
  }, [camera]);
  const dark = camera !== "on";
  return html`<div class=${`video ${frame}`}>
    <video
      ref=${element} class="mirrored" hidden=${dark} muted playsinline autoplay
      aria-label=${t("Your camera")}
    ></video>
    ${dark && html`<p class="no-picture"><${Icon} name="video-off" />${says || darkWords(camera)}</p>`}
    ${children}
  </div>`;
}

/** @param {import("../media/devices.js").Standing} camera */
function darkWords(camera) {
  if (camera === "asking") return t("Your browser asks for the camera. Please allow it.");
  return camera === "muted" ? t("Your camera is off.") : t("No picture");
}

/**
 * @param {{kit: Kit, children?: any}} props
 */
export function Gear({ kit, children }) {
  const [open, setOpen] = useState(false);
  const state = kit.state.value;
  return html`<div class="gear" role="group" aria-label=${t("Devices")}>
      <${Turn} kit=${kit} device="microphone" is=${state.microphone} />
      <${Turn} kit=${kit} device="camera" is=${state.camera} />
      <button class="btn" type="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        <${Icon} name="settings" />${t("Devices")}
      </button>
      ${children}
    </div>
    ${open && html`<${Choice} kit=${kit} />`}`;
}

/** @param {{kit: Kit, device: Device, is: import("../media/devices.js").Standing}} props */
function Turn({ kit, device, is }) {
  const on = is === "on";
  const camera = device === "camera";
  const icon = camera ? (on ? "video" : "video-off") : on ? "mic" : "mic-off";
  return html`<button
    class="btn" type="button" aria-pressed=${on} disabled=${is === "asking"}
    onClick=${() => kit.devices.turn(device, !on)}
  >
    <${Icon} name=${icon} />${turnWords(camera, on)}
  </button>`;
}

/**
 * @param {boolean} camera
 * @param {boolean} on
 */
function turnWords(camera, on) {
  if (camera) return on ? t("Camera on") : t("Camera off");
  return on ? t("Microphone on") : t("Microphone off");
}

/** @param {{kit: Kit}} props */
export function Choice({ kit }) {
  const { cameras, microphones, speakers, cameraId, microphoneId, speakerId } = kit.state.value;
  const { devices } = kit;
  return html`<div class="device-choice">
    <${Select}
      label=${t("Camera")} all=${cameras} chosen=${cameraId}
      choose=${(/** @type {string} */ id) => devices.choose("camera", id)}
    />
    <${Select}
      label=${t("Microphone")} all=${microphones} chosen=${microphoneId}
      choose=${(/** @type {string} */ id) => devices.choose("microphone", id)}
    />
    ${speakers.length > 0 &&
    html`<${Select}
      label=${t("Loudspeaker")} all=${speakers} chosen=${speakerId || "default"}
      choose=${(/** @type {string} */ id) => devices.chooseSpeaker(id)}
    />`}
  </div>`;
}

/**
 * @param {{label: string, all: MediaDeviceInfo[], chosen: string,
 *   choose: (id: string) => void}} props
 */
function Select({ label, all, chosen, choose }) {
  return html`<div class="field">
    <label
      >${label}
      <select
        value=${chosen} disabled=${!all.length}
        onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}
      >
        ${all.length === 0 && html`<option value="">${t("none found")}</option>`}
        ${all.map(
          (each, at) =>
            html`<option key=${each.deviceId} value=${each.deviceId}>
              ${each.label || t("Device {n}", { n: at + 1 })}
            </option>`,
        )}
      </select>
    </label>
  </div>`;
}

/**
 * How loud one is, as a bar; the words beside it say what it means.
 * @param {{level: {value: number}}} props
 */
export function Level({ level }) {
  const width = Math.round(level.value * 100);
  return html`<svg class="level" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width="100" height="8" /><rect width=${width} height="8" />
  </svg>`;
}

/**
 * What is wrong with the own camera or microphone, and what helps.
 * @param {{kit: Kit}} props
 */
export function Troubles({ kit }) {
  const { cameraTrouble, microphoneTrouble } = kit.state.value;
  const sentence = kit.sentence.value;
  /** @type {[string | null, () => unknown, string][]} */
  const all = [
    [microphoneTrouble, () => kit.devices.turn("microphone", true), t("Try again")],
    [cameraTrouble, () => kit.devices.turn("camera", true), t("Try again")],
    [sentence, () => kit.send(), kit.sending.value === "elsewhere" ? t("Send from here") : ""],
  ];
  return html`<div class="troubles" role="status">
    ${all.map(
      ([words, act, label]) =>
        words &&
        html`<p class="notice" data-tone="wrong">
          <${Icon} name="circle-alert" /><span>${words}</span>
          ${label && html`<button class="btn bare" type="button" onClick=${act}>${label}</button>`}
        </p>`,
    )}
  </div>`;
}
