/** Plan B of one item: record it or bring it, look at it, replace or remove it. */

import { Devices } from "../media/devices.js";
import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { length } from "../times.js";
import { t } from "../words.js";
import { announce } from "./announce.js";
import { Icon } from "./icon.js";
import { attempt, tell } from "./toast.js";
import { remove, upload } from "./upload.js";

/** @typedef {import("../../wire.d.ts").Clip} Clip */

const KINDS = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];
const BITS = 1_500_000; // a second of picture

/**
 * What lies ready, in words.
 * @param {Clip | undefined} clip
 */
export function clipWords(clip) {
  if (!clip) return t("No plan B yet: a video of you that is played if your camera fails.");
  return t("A video of {length} lies ready.", { length: length(clip.seconds) });
}

/**
 * @param {object} given
 * @param {string} given.item
 * @param {Clip | undefined} given.clip
 * @param {number} given.seconds how long the item is
 * @param {string} [given.label] names the item
 */
export function ClipBox({ item, clip, seconds, label = "" }) {
  const [sent, setSent] = useState(/** @type {number | null} */ (null));
  const [recording, setRecording] = useState(false);
  const [trouble, setTrouble] = useState("");
  const bring = async (/** @type {Blob | undefined} */ video) => {
    setRecording(false);
    if (!video || sent !== null) return;
    setTrouble("");
    setSent(0);
    try {
      const file = new File([video], "clip", { type: video.type });
      await upload(`/clips/${encodeURIComponent(item)}`, file, setSent);
      announce(t("Your plan B lies ready."));
    } catch (why) {
      setTrouble(/** @type {Error} */ (why).message);
    } finally {
      setSent(null);
    }
  };
  const about = label ? html`<span class="sr">: ${label}</span>` : null;
  return html`<div class="clip-box">
    ${recording
      ? html`<${Recorder} seconds=${seconds} onDone=${bring} />`
      : sent !== null
        ? html`<${Progress} sent=${sent} />`
        : html`<${Acts} item=${item} clip=${clip} about=${about} onFile=${bring} onRecord=${() => setRecording(true)} />`}
    ${trouble && html`<p class="notice" data-tone="wrong" role="alert"><${Icon} name="circle-alert" /><span>${trouble}</span></p>`}
  </div>`;
}

/** @param {{ sent: number }} given */
const Progress = ({ sent }) => {
  const says = sent < 1 ? t("Your video is on its way.") : t("Your video is being prepared. This may take a minute.");
  return html`<p class="sending" role="status">
    <span>${says}</span>
    <progress max="1" value=${sent < 1 ? sent : undefined} aria-label=${says}></progress>
  </p>`;
};

/**
 * @param {{ item: string, clip: Clip | undefined, about: any,
 *   onFile: (file: File | undefined) => void, onRecord: () => void }} given
 */
function Acts({ item, clip, about, onFile, onRecord }) {
  const [watched, setWatched] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const chosen = () => {
    onFile(field.current?.files?.[0]);
    if (field.current) field.current.value = ""; // the same file may be chosen again
  };
  const takeAway = async () => {
    const gone = await attempt(remove(`/clips/${encodeURIComponent(item)}`).then(() => true));
    if (gone) tell(t("Your plan B is removed."), { tone: "done" });
  };
  return html`${clip && watched ? html`<${Watch} clip=${clip} />` : null}
    <p class="acts">
      <input ref=${field} type="file" accept="video/*" hidden aria-label=${t("A video as plan B")} onChange=${chosen} />
      <button class="btn" type="button" onClick=${onRecord}>
        <${Icon} name="video" />${clip ? t("Record anew") : t("Record now")}${about}
      </button>
      <button class="btn bare" type="button" onClick=${() => field.current?.click()}>
        <${Icon} name="upload" />${t("Bring a video")}${about}
      </button>
      ${
        clip &&
        html`<button class="btn bare" type="button" aria-expanded=${watched} onClick=${() => setWatched(!watched)}>
            <${Icon} name="play" />${t("Watch it")}${about}
          </button>
          <button class="btn bare" type="button" onClick=${takeAway}>
            <${Icon} name="trash-2" />${t("Remove")}${about}
          </button>`
      }
    </p>`;
}

/** @param {{ clip: Clip }} given */
const Watch = ({ clip }) => html`<div class="video contain">
  <video src=${`/clips/${clip.id}.webm`} controls playsinline aria-label=${t("Your plan B")}></video>
</div>`;

/**
 * One's own picture, and a recorder that never takes more than the item has time for.
 * @param {{ seconds: number, onDone: (video?: Blob) => void }} given
 */
function Recorder({ seconds, onDone }) {
  const [devices] = useState(() => new Devices());
  const [, look] = useState(0);
  const [since, setSince] = useState(/** @type {number | null} */ (null));
  const [now, setNow] = useState(0);
  const recorder = useRef(/** @type {MediaRecorder | null} */ (null));
  const picture = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    const leave = devices.subscribe(() => look((times) => times + 1));
    void devices.open();
    return () => {
      leave();
      recorder.current = null;
      devices.close();
    };
  }, []);
  useEffect(() => {
    const video = picture.current;
    if (!video || video.srcObject === devices.stream) return;
    video.srcObject = devices.stream;
    void video.play().catch(() => undefined); // starts by itself once there is a picture
  });
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => {
      setNow(performance.now() / 1000);
      if (performance.now() / 1000 - since >= seconds) recorder.current?.stop();
    }, 250);
    return () => clearInterval(timer);
  }, [since]);
  const begin = () => {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const made = new MediaRecorder(devices.stream, { mimeType, videoBitsPerSecond: BITS });
    /** @type {Blob[]} */
    const parts = [];
    made.ondataavailable = ({ data }) => parts.push(data);
    made.onstop = () => {
      if (recorder.current === made) onDone(new Blob(parts, { type: made.mimeType }));
    };
    recorder.current = made;
    made.start(1000);
    setNow(performance.now() / 1000);
    setSince(performance.now() / 1000);
  };
  const { camera, microphone, cameraTrouble, microphoneTrouble } = devices.state;
  const ready = camera === "on" && microphone === "on";
  const left = since === null ? seconds : Math.max(0, seconds - (now - since));
  return html`<div class="video"><video ref=${picture} class="mirrored" muted playsinline aria-label=${t("Your camera")}></video></div>
    <p role="status">${
      since === null
        ? (cameraTrouble ?? microphoneTrouble ?? t("You have {length}. Speak as you would on stage.", { length: length(seconds) }))
        : t("Recording, {length} left", { length: length(left) })
    }</p>
    <p class="acts">
      ${
        since === null
          ? html`<button class="btn primary" type="button" disabled=${!ready} onClick=${begin}>
              <${Icon} name="video" />${t("Begin recording")}
            </button>`
          : html`<button class="btn primary" type="button" onClick=${() => recorder.current?.stop()}>
              <${Icon} name="square" />${t("Stop and keep")}
            </button>`
      }
      <button class="btn bare" type="button" onClick=${() => onDone()}>${t("Cancel")}</button>
    </p>`;
}
