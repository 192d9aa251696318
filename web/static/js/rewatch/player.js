/** The controls below the pictures: play, where one is, how long it is. */

import { html } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { length } from "../times.js";
import { t } from "../words.js";

/** @param {{ together: import("./together.js").Together }} given */
export function Player({ together }) {
  const at = together.at.value;
  const playing = together.playing.value;
  const seek = (/** @type {{ currentTarget: HTMLInputElement }} */ event) =>
    together.seek(Number(event.currentTarget.value));
  return html`
    <button
      class="btn primary"
      type="button"
      onClick=${() => (playing ? together.pause() : together.play())}
    >
      <${Icon} name=${playing ? "pause" : "play"} />${playing ? t("Pause") : t("Play")}
    </button>
    <input
      type="range"
      min="0"
      max=${together.length}
      step="0.1"
      value=${at}
      aria-label=${t("Position")}
      aria-valuetext=${t("{at} of {length}", { at: length(at), length: length(together.length) })}
      onInput=${seek}
    />
    <span class="num">${length(at)} / ${length(together.length)}</span>
  `;
}
