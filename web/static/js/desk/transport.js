/** The desk's main keys: what runs and how long, who comes, more time, hold, the next question. */

import { beat } from "../clock.js";
import { Arch, LiveClock } from "../parts/arch.js";
import { Icon } from "../parts/icon.js";
import { length, timeOfDay } from "../times.js";
import { html, useEffect } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { deedOf, focusOn } from "./keys.js";
import { Menu } from "../parts/menu.js";
import { nextQuestion } from "./questions.js";
import { expected, extension, nextStep, pausing, swapping, undoing } from "./rundown.js";
import { notReady } from "./seats.js";
import { whoComes } from "./words.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").StageShown} StageShown */

const STEPS = [-1, 2, 5, 10, -5]; // minutes, beside the one that has a key of its own
const HORIZON = 1200; // seconds that fill the arch before an item begins

/** @param {{desk: Desk, stage: StageShown}} props */
export function Transport({ desk, stage }) {
  useKeys(desk);
  return html`<section class="transport" aria-labelledby="tr-h">
    <h2 id="tr-h" class="sr">${t("Controls")}</h2>
    ${stage.live
      ? html`<${LiveClock} live=${stage.live} drawn=${desk.agenda.now} spoken />`
      : html`<${Until} desk=${desk} stage=${stage} />`}
    <div class="keys">
      <${Next} desk=${desk} stage=${stage} />
      <${SmallKeys} desk=${desk} stage=${stage} />
      <p class="keys-hint soft">
        <small>${t("Space: next. Shift and plus: one more minute. Also P, U, S, Q.")}</small>
        <button
          class="btn bare" type="button" aria-pressed=${desk.keys.value}
          onClick=${() => desk.useKeys(!desk.keys.value)}
        >
          <${Icon} name="keyboard" />${desk.keys.value ? t("Keys on") : t("Keys off")}
        </button>
      </p>
    </div>
  </section>`;
}

/** Nothing is on stage: how long until something is. @param {{desk: Desk, stage: StageShown}} props */
function Until({ desk, stage }) {
  const now = beat.value;
  const head = stage.waiting[0];
  const at = head === undefined ? undefined : expected(desk.agenda, stage, now).get(head)?.startsAt;
  const byHand = head !== undefined && desk.agenda.items[head]?.starts === false;
  if (at === undefined) {
    return html`<${Arch} state="paused" fraction=${0} time="–" says=${t("nothing planned")} />`;
  }
  const left = Math.max(0, at - now);
  if (stage.held || (byHand && left === 0)) {
    const says = stage.held ? t("stage held") : t("waits for you");
    return html`<${Arch} state="paused" fraction=${1} time=${timeOfDay(at)} says=${says} />`;
  }
  const state = left <= 60 ? "soon" : "calm";
  const fraction = Math.min(1, left / HORIZON);
  return html`<${Arch} state=${state} fraction=${fraction} time=${length(left)} says=${t("until it begins")} />`;
}

/** @param {{desk: Desk, stage: StageShown}} props */
function Next({ desk, stage }) {
  const step = nextStep(desk.agenda, stage);
  if (!step) {
    return html`<button class="btn primary big" type="button" disabled>
      ${t("Nothing more is planned here.")}
    </button>`;
  }
  const name =
    step.what === "start"
      ? whoComes(desk.agenda, step.item, (id) => desk.name(id))
      : (desk.agenda.items[step.item]?.title ?? step.item); // one ends an item, not a person
  const busy = desk.busy.value.has(JSON.stringify(step.command));
  return html`<button
      class="btn primary big" type="button" aria-keyshortcuts="Space" aria-disabled=${busy}
      onClick=${() => desk.next()}
    >
      <${Icon} name=${step.what === "start" ? "skip-forward" : "square"} />${step.what === "start"
        ? t("On to {name}", { name })
        : t("Finish “{name}”", { name })}
    </button>
    ${step.what === "start" && html`<${Missing} desk=${desk} item=${step.item} />`}`;
}

/** Who of those who come could not go on just now. @param {{desk: Desk, item: string}} props */
function Missing({ desk, item }) {
  const people = desk.agenda.items[item]?.people ?? [];
  const missing = notReady(desk.pitch.floor, people, desk.pitch.presence.here);
  return html`<p class="missing" role="status" aria-live="polite">
    ${missing.map(
      ({ person, is, ready }) =>
        html`<span key=${person} class="ready" data-is=${is}>
          <${Icon} name=${is === "wait" ? "hourglass" : "circle-alert"} />${desk.name(person)}: ${ready}
        </span>`,
    )}
  </p>`;
}

/** @param {{desk: Desk, stage: StageShown}} props */
function SmallKeys({ desk, stage }) {
  const { halted, command } = pausing(stage);
  const question = nextQuestion(desk.pitch.questions, desk.goesToStage);
  return html`<div class="smallkeys">
    <span class="split">
      <button
        class="btn" type="button" disabled=${!stage.live} aria-keyshortcuts="Shift++"
        onClick=${() => desk.direct(extension(stage, 1))}
        aria-label=${t("1 minute more")}
      >
        <${Icon} name="plus" />${t("1 minute")}
      </button>
      <${Menu} label=${t("Other lengths")} icon="chevron-down" class="">
        ${STEPS.map(
          (minutes) =>
            html`<button
              type="button" key=${minutes} disabled=${!stage.live}
              onClick=${() => desk.direct(extension(stage, minutes))}
            >
              ${minutes > 0
                ? n("{n} more minute", "{n} more minutes", minutes)
                : n("{n} minute less", "{n} minutes less", -minutes)}
            </button>`,
        )}
      </${Menu}>
    </span>
    <button
      class="btn" type="button" disabled=${!question} aria-keyshortcuts="Q"
      onClick=${() => desk.do(question)}
    >
      <${Icon} name="message-circle-question-mark" />${t("Next question")}
    </button>
    <button
      class="btn" type="button" aria-pressed=${halted} aria-keyshortcuts="P"
      onClick=${() => desk.direct(command)}
    >
      <${Icon} name=${halted ? "play" : "pause"} />${halted ? t("Go on") : t("Hold")}
    </button>
  </div>`;
}

/** Keys act while the desk is open and no field has the focus. @param {Desk} desk */
function useKeys(desk) {
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      if (!desk.keys.peek()) return;
      const deed = deedOf(event, focusOn(document.activeElement));
      if (!deed) return;
      event.preventDefault();
      press(desk, deed);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

/**
 * @param {Desk} desk
 * @param {import("./keys.js").Deed} deed
 */
function press(desk, deed) {
  const { agenda, stage } = desk;
  if (!stage) return;
  const deeds = {
    next: () => desk.next(),
    extend: () => desk.direct(extension(stage, 1)),
    shorten: () => desk.direct(extension(stage, -1)),
    pause: () => desk.direct(pausing(stage).command),
    undo: () => desk.direct(undoing(agenda)),
    swap: () => desk.direct(swapping(stage)?.command),
    question: () => desk.do(nextQuestion(desk.pitch.questions, desk.goesToStage)),
  };
  void deeds[deed]();
}
