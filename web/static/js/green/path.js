/** The way to the house: every leg tried, what fails named, a letter to those who run the network. */

import { announce } from "../parts/announce.js";
import { Icon } from "../parts/icon.js";
import { tell } from "../parts/toast.js";
import { html, signal } from "../../vendor/preact.js";
import { t } from "../words.js";
import { isBlocked, legName, legWords, letter } from "./legwords.js";
import { pathOf, silence, tryLegs } from "./probe.js";
import { CheckLine } from "./self.js";
import { pathWords } from "./verdicts.js";

/** @typedef {import("../media/legs.js").Found} Found */
/** @typedef {import("./probe.js").Path | "untested" | "trying"} PathState */

/** The ways through the network, as far as they have been tried. */
export class PathTrial {
  /** @type {import("../../vendor/preact.js").Signal<PathState>} */
  path = signal(/** @type {PathState} */ ("untested"));
  /** @type {import("../../vendor/preact.js").Signal<Found[]>} */
  found = signal(/** @type {Found[]} */ ([]));

  #wire;
  #tracks;

  /**
   * @param {import("../media/publisher.js").Wire} wire
   * @param {() => readonly MediaStreamTrack[]} tracks  What to send; nothing means silence.
   */
  constructor(wire, tracks = () => []) {
    this.#wire = wire;
    this.#tracks = tracks;
  }

  async run() {
    if (this.path.value === "trying") return;
    this.path.value = "trying";
    const own = this.#tracks();
    this.found.value = await tryLegs(this.#wire, own.length ? own : silence());
    this.path.value = pathOf(this.found.value);
    announce(pathWords(this.path.value).says);
  }
}

/** @param {{ trial: PathTrial }} given */
export function PathCheck({ trial }) {
  const path = trial.path.value;
  const found = trial.found.value;
  const { is, says } = pathWords(path);
  const tried = path !== "untested" && path !== "trying";
  return html`<${CheckLine} icon="wifi" title=${t("Connection")} is=${is} says=${says}>
    ${tried && html`<${Legs} found=${found} />`}
    ${tried && isBlocked(found) && html`<${Forward} found=${found} />`}
    ${tried &&
    html`<div class="acts">
      <button class="btn" type="button" onClick=${() => trial.run()}>
        <${Icon} name="refresh-cw" />${t("Try again")}
      </button>
    </div>`}
  </${CheckLine}>`;
}

/** @param {{ found: readonly Found[] }} given */
const Legs = ({ found }) => html`<ul class="legs" role="list">
  ${found.map(
    (each) => html`<li key=${each.leg.name + each.leg.address} data-is=${each.outcome}>
      <${Icon} name=${each.outcome === "open" ? "circle-check" : "circle-alert"} />
      <span><b>${legName(each.leg.name)}</b><br />${legWords(each)}</span>
    </li>`,
  )}
</ul>`;

/** @param {{ found: readonly Found[] }} given */
function Forward({ found }) {
  const when = new Date().toLocaleString(document.documentElement.lang);
  const text = letter(found, { house: location.host, when });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    tell(t("The text is on your clipboard."), { tone: "done" });
  };
  return html`<details class="forward">
    <summary>${t("For those who run your network")}</summary>
    <pre tabindex="0">${text}</pre>
    ${navigator.clipboard &&
    html`<button class="btn" type="button" onClick=${copy}>
      <${Icon} name="file-text" />${t("Copy this text")}
    </button>`}
  </details>`;
}
