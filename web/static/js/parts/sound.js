/** The sound of the seats, apart from the pictures, so that no change of layout interrupts it. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { soundFrom } from "../media/devices.js";
import { blocked, want, wish } from "../media/sound.js";
import { t } from "../words.js";
import { Icon } from "./icon.js";

/**
 * @param {object} given
 * @param {import("../media/viewer.js").Streams} given.streams
 * @param {string[]} [given.except] seats one must not hear, above all oneself
 * @param {string} [given.speakerId] the loudspeaker that was chosen, if one was
 */
export function Sound({ streams, except = [], speakerId = "" }) {
  const heard = Object.entries(streams).filter(
    ([seat, stream]) => !except.includes(seat) && stream.getAudioTracks().length > 0,
  );
  return heard.map(
    ([seat, stream]) => html`<${Loudspeaker} key=${seat} seat=${seat} stream=${stream} speakerId=${speakerId} />`,
  );
}

/** @param {{ seat: string, stream: MediaStream, speakerId: string }} given */
function Loudspeaker({ seat, stream, speakerId }) {
  const self = useRef(/** @type {HTMLAudioElement | null} */ (null));
  const { on, volume } = wish.value;
  const silent = !on || blocked.value;
  useEffect(() => {
    const audio = self.current;
    if (!audio) return;
    if (audio.srcObject !== stream) audio.srcObject = stream;
    audio.muted = silent;
    audio.volume = volume;
    play(audio);
  }, [stream, silent, volume]);
  useEffect(() => {
    if (self.current && speakerId) void soundFrom(self.current, speakerId);
  }, [speakerId]);
  return html`<audio ref=${self} data-seat=${seat}></audio>`;
}

/** @param {HTMLAudioElement} audio */
async function play(audio) {
  try {
    await audio.play();
  } catch (why) {
    // Anything else means that another stream has taken this one's place.
    if (/** @type {Error} */ (why).name === "NotAllowedError" && !audio.muted) blocked.value = true;
  }
}

/** The button that lets the sound in, where the browser asks for a click first. */
export const SoundButton = () =>
  blocked.value
    ? html`<button class="btn primary soundon" type="button" onClick=${() => want({ on: true })}>
        <${Icon} name="volume-2" />${t("Turn sound on")}
      </button>`
    : null;
