/** The rounds at the desk: plan, look, publish, hold; how the talks go; what a repair changed. */

import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { timeOfDay } from "../times.js";
import { html, useState } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { Plan, Quality } from "./coverage.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").PairingShown} PairingShown */
/** @typedef {import("../../wire.d.ts").Repair} Repair */
/** @typedef {{ desk: Desk, lounge: LoungeShown, plan: PairingShown }} Given */

/** Nothing where the gathering has no rounds. @param {{ desk: Desk }} given */
export function Rounds({ desk }) {
  const lounge = desk.house.lounge().shown.value;
  const plan = lounge?.pairing.desk;
  if (!lounge?.rounds.length || !plan) return null;
  const given = { desk, lounge, plan };
  return html`<section class="desk-rounds" aria-labelledby="rounds-h">
    <header>
      <h2 id="rounds-h">${t("Rounds")}</h2>
      <${Standing} ...${given} />
    </header>
    <${Asking} ...${given} />
    ${plan.draft && html`<${Draft} ...${given} />`}
    <${Published} ...${given} />
    ${plan.repaired && html`<${Repaired} ...${given} repair=${plan.repaired} />`}
  </section>`;
}

/** Where the rounds stand, and while one is on how its talks go. @param {Given} given */
function Standing({ lounge }) {
  const { rounds, pairing } = lounge;
  const on = rounds.find(({ how }) => how === "live" || how === "paused");
  const ahead = rounds.filter(({ how }) => how === "waiting");
  const talks = pairing.talks;
  const open = talks ? talks.talking + talks.waiting + talks.empty + talks.farewell : 0;
  return html`<p class="soft" aria-live="polite">
    ${on && html`<b>${on.how === "paused" ? t("{title}, held", { title: on.title }) : t("{title} is on", { title: on.title })}</b>`}
    ${
      talks && open
        ? html`<span>${n("{n} talk", "{n} talks", talks.talking + talks.farewell)}</span>
          <span>${n("{n} waits alone", "{n} wait alone", talks.waiting)}</span>
          <span>${n("{n} room still empty", "{n} rooms still empty", talks.empty)}</span>`
        : null
    }
    ${pairing.held && ahead[0] && html`<b>${t("Held: later rounds open no talks until you go on.")}</b>`}
    ${
      ahead[0] &&
      html`<span>${t("next at {time}", { time: timeOfDay(ahead[0].startsAt) })}</span>
        <span>${n("{n} round ahead", "{n} rounds ahead", ahead.length)}</span>`
    }
  </p>`;
}

/** @param {Given} given */
function Asking({ desk, lounge, plan }) {
  const [onlyHere, setOnlyHere] = useState(false);
  const [strict, setStrict] = useState(false);
  const ahead = lounge.rounds.some(({ how }) => how === "waiting");
  if (!ahead) return null;
  return html`<div class="asks">
      <label
        ><input
          type="checkbox" checked=${onlyHere} onChange=${() => setOnlyHere(!onlyHere)}
        />${t("Only who is here now")}</label
      >
      <label
        ><input
          type="checkbox" checked=${strict} onChange=${() => setStrict(!strict)}
        />${t("Strictly fair: nobody sits out two rounds more than another")}</label
      >
    </div>
    <div class="acts">
      <button
        class=${plan.draft || plan.published ? "btn" : "btn primary"}
        type="button" aria-disabled=${plan.asked !== null}
        onClick=${() => plan.asked ?? say(desk, { type: "pairing.ask", onlyHere, strict })}
      >
        <${Icon} name="users" />${plan.published ? t("Plan anew") : t("Plan the rounds")}
      </button>
      ${plan.published && html`<${Hold} desk=${desk} plan=${plan} lounge=${lounge} />`}
      <p role="status" class="soft">${asking(plan)}</p>
    </div>`;
}

/** @param {PairingShown} plan */
function asking({ asked, failed, wanted }) {
  if (asked) return t("The plan is being made …");
  if (failed) return t("No plan could be made. Please try again; what is published stays.");
  return wanted.length ? t("The plan is being repaired …") : "";
}

/** What is on goes on; those after it wait. @param {Given} given */
function Hold({ desk, plan, lounge }) {
  const on = lounge.rounds.some(({ how }) => how === "live" || how === "paused");
  const words = on ? t("Stop after this round") : t("Hold the rounds");
  return html`<button
    class="btn" type="button" aria-pressed=${plan.held}
    onClick=${() => say(desk, { type: "pairing.hold", on: !plan.held })}
  >
    <${Icon} name=${plan.held ? "play" : "pause"} />${plan.held ? t("Go on with the rounds") : words}
  </button>`;
}

/** @param {Given} given */
function Draft({ desk, lounge, plan }) {
  const { draft } = plan;
  if (!draft) return null;
  return html`<div class="draft" role="group" aria-labelledby="draft-h">
    <h3 id="draft-h">${t("Draft")}</h3>
    <${Plan} desk=${desk} plan=${draft} rounds=${lounge.rounds} open=${true} />
    <div class="acts">
      <button
        class="btn primary" type="button"
        onClick=${() => say(desk, { type: "pairing.publish", number: draft.number })}
      >
        <${Icon} name="check" />${t("Publish")}
      </button>
      <button class="btn" type="button" onClick=${() => say(desk, { type: "pairing.discard" })}>
        ${t("Discard")}
      </button>
      <p class="soft">
        ${
          lounge.rules.announced
            ? t("Everybody then sees their own partners.")
            : t("Everybody learns their partner when a round begins.")
        }
      </p>
    </div>
  </div>`;
}

/** @param {Given} given */
function Published({ desk, lounge, plan }) {
  const { published, repaired } = plan;
  if (!published) return null;
  // What a repair is measured by is an estimate, and no promise to print.
  const mended = repaired?.number === published.number;
  return html`<details>
    <summary>
      ${t("Published plan of {time}", { time: timeOfDay(published.at) })}, ${mended ? t("adapted to who is there") : html`<${Quality} plan=${published} />`}
    </summary>
    <${Plan} desk=${desk} plan=${published} rounds=${lounge.rounds} />
  </details>`;
}

/** @param {Given & { repair: Repair }} given */
function Repaired({ desk, lounge, plan, repair }) {
  const { added, dropped, reasons, at } = repair;
  const count = n("{n} change", "{n} changes", Math.max(added.length, dropped.length));
  return html`<div class="repaired">
    <p role="status">
      <${Icon} name="info" />${t("Repaired at {time}: {reasons}. {count}.", {
        time: timeOfDay(at),
        reasons: reasons.map(reasonWord).join(", "),
        count,
      })}
    </p>
    <details>
      <summary>${t("What changed")}</summary>
      <ul>
        ${added.map((each) => html`<li key=${`+${key(each)}`}>${t("new: {who}", { who: whoOf(desk, lounge, each) })}</li>`)}
        ${dropped.map((each) => html`<li key=${`-${key(each)}`}>${t("no longer: {who}", { who: whoOf(desk, lounge, each) })}</li>`)}
      </ul>
    </details>
    ${
      plan.canUndo && plan.published
        ? html`<button
            class="btn" type="button"
            onClick=${() => say(desk, { type: "pairing.undo", number: plan.published?.number })}
          >
            <${Icon} name="undo-2" />${t("Take the repair back")}
          </button>`
        : null
    }
  </div>`;
}

/** @param {import("../../wire.d.ts").Meeting} meeting */
const key = ({ item, people }) => `${item} ${people.join(" ")}`;

/**
 * @param {Desk} desk
 * @param {LoungeShown} lounge
 * @param {import("../../wire.d.ts").Meeting} meeting
 */
function whoOf(desk, lounge, { item, people }) {
  const title = lounge.rounds.find((each) => each.item === item)?.title ?? item;
  return `${people.map((id) => desk.name(id)).join(" – ")} (${title})`;
}

/** @param {Repair["reasons"][number]} reason */
function reasonWord(reason) {
  const words = {
    "no-show": t("somebody did not come"),
    joined: t("somebody joined"),
    left: t("somebody left"),
    "kept-apart": t("somebody would rather not meet"),
    agenda: t("the agenda moved"),
  };
  return words[reason];
}

/**
 * @param {Desk} desk
 * @param {object} command
 */
const say = (desk, command) => attempt(desk.house.do(LOUNGE, command));
