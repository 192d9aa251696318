/** The quick check before the event: camera, microphone, loudspeaker, the way to the house. */

import { Choice, Mirror, Troubles } from "../green/gear.js";
import { Kit } from "../green/kit.js";
import { PathCheck, PathTrial } from "../green/path.js";
import { CameraCheck, CheckLine, MicrophoneCheck, useHeard } from "../green/self.js";
import { ring } from "../media/bell.js";
import { browserName, cameraVerdict, microphoneVerdict, summary } from "../green/verdicts.js";
import { enter, FOYER } from "../house.js";
import { Icon } from "../parts/icon.js";
import { mount } from "../parts/page.js";
import { attempt } from "../parts/toast.js";
import { timeOfDay } from "../times.js";
import { html, signal, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Check} Check */

const SETTLES = 800; // milliseconds without a change before a result is kept

const { house } = await enter();
const foyer = house.foyer();
const kit = new Kit(house, "", () => false);
const trial = new PathTrial(house.connection, () => kit.devices.stream.getTracks());
/** @type {import("../../vendor/preact.js").Signal<Check["speaker"]>} */
const speaker = signal(/** @type {Check["speaker"]} */ ("untested"));
const ringing = signal(false);
const begun = signal(false);

mount({
  house,
  ready: () => Boolean(house.me.value && foyer.shown.value),
  room: () => html`<${Room} />`,
});

/** One click opens what the browser wants to be asked for, then all runs by itself. */
async function begin() {
  begun.value = true;
  await kit.open();
  await trial.run();
}

async function sound() {
  ringing.value = true;
  await ring({ speakerId: kit.state.value.speakerId }).catch(() => undefined);
  ringing.value = false;
}

function Room() {
  const heard = useHeard(kit);
  const found = findings(heard);
  useKept(found);
  return html`<header class="page-head">
      <div>
        <h1>${t("Check camera, microphone and line")}</h1>
        <p class="lead">${t("It takes a minute. Nobody listens in, nothing is recorded.")}</p>
      </div>
    </header>
    <div class="check-grid">
      <section class="self" aria-labelledby="self-h">
        <h2 id="self-h">${t("This is how you are seen")}</h2>
        <${Mirror} kit=${kit} />
        ${begun.value ? html`<${Choice} kit=${kit} /><${Troubles} kit=${kit} />` : html`<${Begin} />`}
      </section>
      <section aria-labelledby="found-h">
        <h2 id="found-h">${t("What we found")}</h2>
        <p class="summary" role="status">${summary(found)}</p>
        <ul class="checks" role="list">
          <${MicrophoneCheck} kit=${kit} />
          <${CameraCheck} kit=${kit} />
          <${SpeakerCheck} />
          <${PathCheck} trial=${trial} />
        </ul>
        <${Before} />
      </section>
    </div>`;
}

const Begin = () => html`<p>
    <button class="btn primary big" type="button" onClick=${begin}>
      <${Icon} name="video" />${t("Begin the check")}
    </button>
  </p>
  <p class="soft">${t("Your browser will ask for camera and microphone. Please allow both.")}</p>`;

function SpeakerCheck() {
  const is = { ok: "yes", poor: "yes", missing: "no", denied: "no", untested: "wait" }[speaker.value];
  const says = speakerWords();
  return html`<${CheckLine} icon="headphones" title=${t("Loudspeaker")} is=${is} says=${says} waits=${t("to be tried")}>
    <div class="acts" role="group" aria-label=${t("Loudspeaker")}>
      <button class="btn" type="button" onClick=${sound} aria-disabled=${ringing.value}>
        <${Icon} name="bell" />${t("Ring the bell")}
      </button>
      <button
        class="btn" type="button" aria-pressed=${speaker.value === "ok"}
        onClick=${() => (speaker.value = "ok")}
      >
        ${t("I hear it")}
      </button>
      <button
        class="btn" type="button" aria-pressed=${speaker.value === "missing"}
        onClick=${() => (speaker.value = "missing")}
      >
        ${t("I hear nothing")}
      </button>
    </div>
  </${CheckLine}>`;
}

function speakerWords() {
  if (speaker.value === "ok") return t("You hear the house.");
  if (speaker.value === "missing") {
    return t("Please turn the volume up or choose another loudspeaker, then ring again.");
  }
  return t("Ring the bell and say whether you hear it.");
}

/** What an earlier check found; the desk sees it too. */
function Before() {
  const kept = foyer.shown.value?.checks[house.me.value?.id ?? ""];
  if (!kept?.at) return null;
  return html`<p class="soft">
    ${t("Kept at {time}; the moderator sees it.", { time: timeOfDay(kept.at) })}
  </p>`;
}

/**
 * @param {boolean | null} heard
 * @returns {Omit<Check, "at">}
 */
function findings(heard) {
  const lines = kit.devices.track("camera")?.getSettings().height ?? 0;
  return {
    camera: cameraVerdict(kit.state.value, lines),
    microphone: microphoneVerdict(kit.state.value, heard),
    speaker: speaker.value,
    path: trial.path.value === "trying" ? "untested" : trial.path.value,
    browser: browserName(navigator.userAgent),
  };
}

/** Keep each result as soon as it stands still. @param {Omit<Check, "at">} found */
function useKept(found) {
  const told = useRef("");
  const text = JSON.stringify(found);
  useEffect(() => {
    if (!begun.value || trial.path.value === "trying" || text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      void attempt(house.do(FOYER, { type: "check.report", check: found }));
    }, SETTLES);
    return () => clearTimeout(timer);
  }, [text, trial.path.value]);
}
