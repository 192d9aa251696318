/** What one hears of the stage while one is about to be, or is, on it: everybody but oneself. */

import { soundFrom } from "../media/devices.js";
import { Icon } from "../parts/icon.js";
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {import("../media/viewer.js").Viewer} Viewer */
/** @typedef {import("../../vendor/preact.js").Signal<boolean>} Switch */
/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */

/**
 * @param {{viewer: Viewer, floor: FloorShown, me: string, sound: Switch, speakerId: string}} props
 */
export function Ear({ viewer, floor, me, sound, speakerId }) {
  const streams = /** @type {[Feed, MediaStream][]} */ (Object.entries(viewer.streams.value));
  return streams
    .filter(([feed, stream]) => stream.getAudioTracks().length && !isOwn(floor, feed, me))
    .map(
      ([feed, stream]) =>
        html`<${Voice} key=${feed} stream=${stream} sound=${sound} speakerId=${speakerId} />`,
    );
}

/**
 * What must not be heard: oneself, who would echo, and those who are not on stage yet.
 * @param {FloorShown} floor
 * @param {Feed} feed
 * @param {string} me
 */
export function isOwn(floor, feed, me) {
  if (feed === "preview") return true;
  const seat = /** @type {keyof FloorShown["seats"]} */ (feed);
  return me === (feed === "screen" ? floor.screen : floor.seats[seat]?.person);
}

/** @param {{stream: MediaStream, sound: Switch, speakerId: string}} props */
function Voice({ stream, sound, speakerId }) {
  const self = /** @type {{current: HTMLAudioElement | null}} */ (useRef(null));
  const on = sound.value;
  useEffect(() => {
    const audio = self.current;
    if (!audio) return;
    if (audio.srcObject !== stream) audio.srcObject = stream;
    audio.muted = !on;
    void soundFrom(audio, speakerId);
    audio.play().catch((why) => {
      // The browser wants a click first; the switch then says "silent", as it is.
      if (why.name === "NotAllowedError" && on) sound.value = false;
    });
  }, [stream, on, speakerId]);
  return html`<audio ref=${self}></audio>`;
}

/** @param {{sound: Switch, bare?: boolean}} props */
export function EarSwitch({ sound, bare = true }) {
  const on = sound.value;
  return html`<button
    class=${bare ? "btn bare" : "btn"} type="button" aria-pressed=${on}
    onClick=${() => (sound.value = !on)}
  >
    <${Icon} name=${on ? "volume-2" : "volume-x"} />${on ? t("Sound on") : t("silent")}
  </button>`;
}
