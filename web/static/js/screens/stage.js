/** The stage as the audience sees it. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { enter, roomOf } from "../house.js";
import { Viewer } from "../media/viewer.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { shown } from "../stage/arrange.js";
import { callBanner } from "../stage/calls.js";
import { Hands } from "../stage/hands.js";
import { Scene } from "../stage/scene.js";
import { Side } from "../stage/side.js";
import { onStage } from "../state/slides.js";
import { seen } from "../state/sources.js";
import { t } from "../words.js";

/**
 * Everything the parts of this screen draw from, at one moment.
 * @typedef {object} Stage
 * @property {import("../house.js").House} house
 * @property {import("../media/viewer.js").Viewer} viewer
 * @property {string} id the stage's
 * @property {string} room the room's
 * @property {string} me the reader's id
 * @property {import("../../wire.d.ts").PitchShown} pitch
 * @property {() => import("../../wire.d.ts").PitchShown} pitchNow as it is when asked, not when drawn
 * @property {import("../../wire.d.ts").AgendaShown | undefined} agenda
 */

const { house, config } = await enter();
const id = config.stage ?? "";
const foyer = house.foyer();
const pitch = house.stage(id);
const viewer = new Viewer(house, roomOf(id));

/** @returns {Stage} */
function now() {
  const pitchNow = () => /** @type {import("../../wire.d.ts").PitchShown} */ (pitch.shown.peek());
  const shown = /** @type {import("../../wire.d.ts").PitchShown} */ (pitch.shown.value);
  const agenda = foyer.shown.value?.agenda;
  const me = house.me.value?.id ?? "";
  return { house, viewer, id, room: roomOf(id), me, pitch: shown, pitchNow, agenda };
}

function Room() {
  const stage = now();
  const scene = useRef(/** @type {HTMLElement | null} */ (null));
  const [swapped, swap] = useState(false);
  const floor = seen(stage.pitch.floor, stage.pitch.sources);
  const sheet = shown(floor, viewer.pictures.value, onStage(stage.pitch.slides));
  return html`
    <${Scene} stage=${stage} swapped=${swapped} seatRef=${scene} />
    <${Hands} stage=${stage}>
      ${sheet ? html`<${Swap} swapped=${swapped} onSwap=${() => swap(!swapped)} />` : null}
      <${FullScreen} of=${scene} />
    </${Hands}>
    <${Side} stage=${stage} />
  `;
}

/** @param {{ swapped: boolean, onSwap: () => void }} given */
function Swap({ swapped, onSwap }) {
  const name = swapped ? t("Slides large, camera small") : t("Camera large, slides small");
  return html`<button class="btn bare only" type="button" aria-label=${name} title=${name} onClick=${onSwap}>
    <${Icon} name="arrow-left-right" />
  </button>`;
}

/** @param {{ of: { current: HTMLElement | null } }} given */
function FullScreen({ of }) {
  const [full, set] = useState(false);
  useEffect(() => {
    const changed = () => set(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const name = full ? t("Leave full screen") : t("Full screen");
  const toggle = () => (full ? document.exitFullscreen() : of.current?.requestFullscreen());
  return html`<button class="btn bare only" type="button" aria-label=${name} title=${name} onClick=${toggle}>
    <${Icon} name=${full ? "minimize" : "maximize"} />
  </button>`;
}

viewer.start();
mount({
  house,
  ready: () => pitch.shown.value !== null && foyer.shown.value !== null,
  room: Room,
  notice: () => callBanner(now()),
});
