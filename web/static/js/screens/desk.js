/** The desk: from here the moderator runs one stage. */

import { beat } from "../clock.js";
import { Desk } from "../desk/desk.js";
import { Exhibition } from "../desk/exhibition.js";
import { Insurance } from "../desk/insurance.js";
import { Questions } from "../desk/moderation.js";
import { Pictures } from "../desk/pictures.js";
import { Reports } from "../desk/reports.js";
import { Rounds } from "../desk/rounds.js";
import { OtherStages, Run } from "../desk/run.js";
import { Seats } from "../desk/seatlist.js";
import { Slides } from "../desk/slides.js";
import { Talk } from "../desk/talk.js";
import { Transport } from "../desk/transport.js";
import { deedWords } from "../desk/words.js";
import { enter } from "../house.js";
import { Empty } from "../parts/empty.js";
import { mount } from "../parts/page.js";
import { Sign } from "../parts/sign.js";
import { Tally } from "../parts/tally.js";
import { tell } from "../parts/toast.js";
import { machineTime, timeOfDay } from "../times.js";
import { effect, html, render } from "../../vendor/preact.js";
import { n, t } from "../words.js";

const { house, config } = await enter();
const desk = new Desk(house, config.stage ?? "", config.players);

mount({ house, ready: () => desk.ready.value, room: () => html`<${Room} />` });
desk.viewer.start();
tellOfOthers();
bringHeadToLife();

/** Reading order: the controls first, then the rundown, then what the audience says. */
function Room() {
  const { stage } = desk;
  if (!stage) {
    return html`<${Empty}
      title=${t("This stage is no longer in the programme.")}
      text=${t("Your agenda shows what takes place instead.")}
      ><a class="btn" href="/agenda">${t("Agenda")}</a></${Empty}
    >`;
  }
  return html`<h1 class="sr">${t("Desk of {stage}", { stage: stage.name })}</h1>
    <div class="col mid">
      <${Pictures} desk=${desk} />
      <${Slides} desk=${desk} />
      <${Insurance} desk=${desk} stage=${stage} />
      <${Transport} desk=${desk} stage=${stage} />
      <${Rounds} desk=${desk} />
      <${Exhibition} desk=${desk} />
      <${Seats} desk=${desk} />
    </div>
    <div class="col left">
      <${Run} desk=${desk} stage=${stage} />
      <${OtherStages} desk=${desk} />
    </div>
    <div class="col right">
      <${Reports} house=${house} />
      <${Questions} desk=${desk} />
      <${Talk} desk=${desk} />
    </div>`;
}

/** Two desks agree; this one says what the other did. */
function tellOfOthers() {
  house.connection.on("told", ({ event }) => {
    if (!desk.ready.peek() || event.by === desk.me) return;
    const name = event.by === "house" ? "Foyer" : desk.name(event.by ?? "");
    if (event.type === "agenda.undone") tell(t("{name} took the last step back.", { name }));
    if (event.type !== "agenda.acted" || event.deed.stage !== desk.stageId) return;
    const { type, item = event.deed.first ?? null, seconds = null } = event.deed;
    tell(`${name}: ${deedWords(desk.agenda, { deed: type, item, seconds })}`);
  });
}

/** The line at the top: on air or not, who watches, what time it is. */
function bringHeadToLife() {
  const [state, wall] = ["state", "wall"].map((name) => document.querySelector(`.deskbar .${name}`));
  const stop = effect(() => {
    if (!desk.ready.value) return;
    queueMicrotask(() => {
      stop();
      for (const [place, part] of /** @type {const} */ ([[state, State], [wall, Wall]])) {
        if (!place) continue;
        place.replaceChildren();
        render(html`<${part} />`, place);
      }
    });
  });
}

function State() {
  const on = Boolean(desk.pitch.floor.live);
  const { here } = desk.pitch.presence;
  const hall = here.filter((id) => desk.foyer.people[id]?.place === "hall").length;
  return html`<${Tally} on=${on ? "air" : "off"}>${on ? t("On air") : t("Off air")}</${Tally}>
    <${Sign} recording=${desk.pitch.recording} />
    <span class="soft"
      >${n("{n} watches", "{n} watch", here.length)},
      ${" "}${t("{n} in the hall", { n: hall })}</span
    >`;
}

function Wall() {
  const now = beat.value;
  const seconds = String(Math.floor(now) % 60).padStart(2, "0");
  return html`<span class="soft">${t("Time")}</span>${" "}<time datetime=${machineTime(now)}
      >${timeOfDay(now)}:${seconds}</time
    >`;
}
