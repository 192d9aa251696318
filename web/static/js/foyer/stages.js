/** What is on the stages now, and what comes next on each. */

import { html } from "../../vendor/preact.js";
import { LiveClock } from "../parts/arch.js";
import { Figure, listed, roleWord } from "../parts/person.js";
import { Tally } from "../parts/tally.js";
import { onNow, phase, upcoming } from "../state/agenda.js";
import { machineTime, timeOfDay } from "../times.js";
import { n, spoken, t } from "../words.js";
import { kindWord } from "./kinds.js";

/** @typedef {import("../screens/foyer.js").Evening} Evening */
/** @typedef {import("../state/agenda.js").Line} Line */

/** @param {{ evening: Evening }} given */
export const Stages = ({ evening }) => html`
  <h2 id="stages-h">
    ${
      phase(evening.agenda) === "after"
        ? t("The stages")
        : n("Now on stage", "Now on the stages", evening.agenda.stages.length)
    }
  </h2>
  <div class="pair">
    ${evening.agenda.stages.map((stage) => html`<${Card} key=${stage.id} evening=${evening} stage=${stage} />`)}
  </div>
`;

/** @param {{ evening: Evening, stage: import("../../wire.d.ts").StageShown }} given */
function Card({ evening, stage }) {
  const { agenda, person } = evening;
  const now = onNow(agenda, stage.id);
  const [next, then] = upcoming(agenda, stage.id);
  const following = (now ? [next, then] : [then]).filter((line) => line !== undefined);
  const people = (now?.item ?? next?.item)?.people.map(person).filter((each) => each !== undefined);
  const title = now?.item.title ?? (next && t("Soon: {title}", { title: next.item.title }));
  return html`
    <article class="stagecard" aria-labelledby=${`stage-${stage.id}-t`}>
      <div class="scene">
        <${Portrait} person=${now && people?.[0]} live=${now !== null} />
        <div class="now">
          <p class="place-name">${stage.name}</p>
          <h3 id=${`stage-${stage.id}-t`}>
            <a href=${`/stage/${stage.id}`}>${title ?? t("The programme here is over")}</a>
          </h3>
          <${Below} now=${now?.item} next=${next} people=${people ?? []} />
        </div>
        ${now ? html`<${LiveClock} live=${now.live} drawn=${agenda.now} />` : null}
      </div>
      <ol class="nexts" role="list" aria-label=${t("Next on {stage}", { stage: stage.name })}>
        ${following.map((line) => html`<${Next} key=${line.id} evening=${evening} line=${line} />`)}
      </ol>
    </article>
  `;
}

/** @param {{ person: import("../../wire.d.ts").Person | null | undefined, live: boolean }} given */
function Portrait({ person, live }) {
  const lamp = live ? html`<${Tally} on="air" />` : null;
  if (person) return html`<${Figure} id=${person.id}>${lamp}</${Figure}>`;
  return html`
    <div class="video curtain">
      <svg viewBox="0 0 80 60" aria-hidden="true">
        <path d="M6 54a34 34 0 0 1 68 0M20 54a20 20 0 0 1 40 0M34 54a6 6 0 0 1 12 0" />
      </svg>
      ${lamp}
    </div>
  `;
}

/**
 * @param {object} given
 * @param {import("../../wire.d.ts").ItemShown | undefined} given.now
 * @param {Line | undefined} given.next
 * @param {import("../../wire.d.ts").Person[]} given.people
 */
function Below({ now, next, people }) {
  const names = listed(
    people.map(({ name }) => name),
    spoken(),
  );
  if (now && !people.length) return html`<p class="soft">${kindWord(now.kind)}</p>`;
  if (now) return html`<p class="soft">${names}, ${roleWord(people[0].role)}</p>`;
  if (!next) return null;
  const time = t("about {time}", { time: timeOfDay(next.startsAt) });
  return html`<p class="soft">${names ? `${time}, ${names}` : time}</p>`;
}

/** @param {{ evening: Evening, line: Line }} given */
function Next({ evening: { person, me }, line }) {
  const first = person(line.item.people[0]);
  const mine = line.item.people.includes(me);
  const name = mine ? t("{name} (you)", { name: person(me)?.name ?? "" }) : first?.name;
  return html`
    <li>
      <time datetime=${machineTime(line.startsAt)}>${timeOfDay(line.startsAt)}</time>
      <span>${name ? html`<b>${name}:</b> ` : null}${line.item.title}</span>
    </li>
  `;
}
