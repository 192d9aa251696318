/** What helps when a speaker's picture fails: one tap each, and nothing plays by itself. */

import { beat } from "../clock.js";
import { Icon } from "../parts/icon.js";
import { length } from "../times.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { notReady } from "./seats.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").StageShown} StageShown */

/** @param {{desk: Desk, stage: StageShown}} props */
export function Insurance({ desk, stage }) {
  const { outage, playing, without } = desk.pitch.insurance;
  if (!stage.live && !playing) return null;
  const loud = !playing && outage?.offered && without === null;
  return html`<section class="insurance" data-is=${loud ? "wrong" : "calm"} aria-labelledby="ins-h">
    <h2 id="ins-h" class=${loud ? "" : "sr"}>${loud ? failing(desk) : t("Insurance")}</h2>
    ${playing && html`<${Playing} desk=${desk} />`}
    ${!playing && without !== null && html`<${Without} desk=${desk} />`}
    ${loud && html`<${Offers} desk=${desk} stage=${stage} />`}
    ${outage?.asks && !playing && html`<${Seat} desk=${desk} />`}
    <${Rule} desk=${desk} />
  </section>`;
}

/** @param {Desk} desk */
function failing(desk) {
  const { outage } = desk.pitch.insurance;
  const name = desk.name(outage?.person ?? "");
  const light = desk.pitch.floor.lights[`${outage?.person}/camera`];
  if (!outage?.seated) return t("{name} has not come on stage yet.", { name });
  if (light === "frozen") return t("The picture of {name} stands still.", { name });
  return t("No picture arrives from {name}.", { name });
}

/** @param {{desk: Desk, stage: StageShown}} props */
function Offers({ desk, stage }) {
  const { insurance, floor } = desk.pitch;
  const { outage, clips, asked } = insurance;
  const item = stage.live?.id ?? "";
  const clip = clips[item];
  const ready = nextReady(desk, stage);
  const swap = ready === undefined ? null : { type: "agenda.swap", stage: stage.id, first: item, second: ready };
  const seated = outage?.seated && floor.seats.speaker;
  return html`<div class="offers" role="group" aria-label=${t("What helps now")}>
    ${seated &&
    html`<button class="btn" type="button" onClick=${() => desk.do({ type: "insurance.go-without", on: true })}>
      <${Icon} name="file-text" />${t("Slides and sound only")}
    </button>`}
    <button class="btn" type="button" disabled=${!clip} onClick=${() => desk.do({ type: "insurance.play", item })}>
      <${Icon} name="play" />${clip
        ? t("Play plan B ({length})", { length: length(clip.seconds) })
        : t("No plan B")}
    </button>
    ${seated &&
    html`<button
      class="btn" type="button" aria-pressed=${asked !== null}
      onClick=${() => desk.do({ type: "insurance.ask-for-phone", on: asked === null })}
    >
      <${Icon} name="smartphone" />${asked === null ? t("Phone as camera") : t("Phone is asked for")}
    </button>`}
    <button class="btn" type="button" disabled=${!swap} onClick=${() => desk.direct(swap)}>
      <${Icon} name="arrow-left-right" />${ready
        ? t("Swap with “{title}”", { title: desk.agenda.items[ready]?.title ?? ready })
        : t("Nobody else is ready")}
    </button>
  </div>`;
}

/**
 * The first item of others that waits and whose people could all go on now.
 * @param {Desk} desk
 * @param {StageShown} stage
 */
function nextReady(desk, stage) {
  const { floor, presence, insurance } = desk.pitch;
  const missing = insurance.outage?.person ?? "";
  return stage.waiting.find((id) => {
    const people = desk.agenda.items[id]?.people ?? [];
    if (!people.length || people.includes(missing)) return false;
    return notReady(floor, people, presence.here).length === 0;
  });
}

/** @param {{desk: Desk}} props */
function Playing({ desk }) {
  const { playing } = desk.pitch.insurance;
  if (!playing) return null;
  const left = Math.max(0, playing.at + playing.seconds - beat.value);
  return html`<div class="offers">
    <p><${Icon} name="play" />${t("Plan B of {name} plays, {length} left.", { name: desk.name(playing.person), length: length(left) })}</p>
    <button class="btn" type="button" onClick=${() => desk.do({ type: "insurance.stop" })}>
      <${Icon} name="square" />${t("Stop plan B")}
    </button>
  </div>`;
}

/** @param {{desk: Desk}} props */
function Without({ desk }) {
  const { without, outage } = desk.pitch.insurance;
  const name = desk.name(without ?? "");
  return html`<div class="offers">
    <p>${
      outage
        ? t("{name} is heard, without a picture.", { name })
        : t("{name} is heard; the picture is back.", { name })
    }</p>
    <button
      class=${outage ? "btn" : "btn primary"} type="button"
      onClick=${() => desk.do({ type: "insurance.go-without", on: false })}
    >
      <${Icon} name="video" />${t("Show the picture again")}
    </button>
  </div>`;
}

/** A minute has gone by. @param {{desk: Desk}} props */
function Seat({ desk }) {
  const { outage } = desk.pitch.insurance;
  if (!outage?.seated) return null;
  const name = desk.name(outage.person);
  const clear = { type: "floor.clear-seat", seat: "speaker", person: outage.person };
  return html`<div class="offers">
    <p>${t("Keep the seat for {name}? It has been a minute.", { name })}</p>
    <button class="btn" type="button" onClick=${() => desk.do({ type: "insurance.keep" })}>
      <${Icon} name="armchair" />${t("Keep the seat")}
    </button>
    <button class="btn bare" type="button" onClick=${() => desk.do(clear)}>${t("Free the seat")}</button>
  </div>`;
}

/** @param {{desk: Desk}} props */
function Rule({ desk }) {
  const { stopsClock } = desk.pitch.insurance;
  return html`<p class="rule">
    <button
      class="btn bare" type="button" aria-pressed=${stopsClock}
      onClick=${() => desk.do({ type: "insurance.rule", on: !stopsClock })}
    >
      <${Icon} name=${stopsClock ? "circle-check" : "circle-dashed"} />${t("The clock stops while the picture is missing")}
    </button>
  </p>`;
}
