/** The talk at a counter: pictures, who is there, what one may do; how it ends softly. */

import { html } from "../../vendor/preact.js";
import { beat } from "../clock.js";
import { heard, PersonMenu } from "../contacts/menu.js";
import { Gear, Mirror, Troubles } from "../green/gear.js";
import { ShareCard } from "../letters/share.js";
import { VisitorNote } from "../letters/visitor.js";
import { Screen } from "../media/screen.js";
import { Composer, Log } from "../parts/chat.js";
import { Icon } from "../parts/icon.js";
import { PersonLine, Place as Where } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { Plate } from "../parts/video.js";
import { feeds, visitorsOf } from "../state/booths.js";
import { boothOf, queueAt, SEATS } from "../state/counters.js";
import { Circle } from "../talk/pictures.js";
import { length, timeOfDay } from "../times.js";
import { t } from "../words.js";
import { organisation } from "./summons.js";
import { State } from "./words.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../../wire.d.ts").Counter} Counter */

const NEXT = 3; // of those who wait, as many as fit beside a talk

/** @param {{ place: Place, counter: Counter }} given */
export function Talk({ place, counter }) {
  const { house, me } = place;
  const sitting = place.sitting.value;
  return html`
    <section class="company-of" aria-labelledby="topic-h">
      <header class="head">
        <h1 id="topic-h">${t("At the counter of {name}", { name: organisation(house, place.booth) })}</h1>
        <p class="soft sub">
          <span>${t("Only those at the counter see and hear you. Nothing is recorded.")}</span>
          ${counter.private ? html`<span class="tag"><${Icon} name="lock" />${t("private")}</span>` : null}
        </p>
      </header>
      ${counter.endsAt === null ? null : html`<${Ending} at=${counter.endsAt} />`}
      ${
        sitting
          ? html`<${Circle}
                house=${house} viewer=${sitting.viewer} seats=${feeds(counter)} me=${me}
                screen=${place.screen} speakerId=${sitting.kit.state.value.speakerId}
                own=${html`<${Mirror} kit=${sitting.kit}><${Plate}>${t("You")}</${Plate}></${Mirror}>`}
              />
              <${Told} place=${place} counter=${counter} trouble=${sitting.viewer.trouble.value} />
              <${Gear} kit=${sitting.kit}><${Deeds} place=${place} counter=${counter} kit=${sitting.kit} /></${Gear}>
              <${Troubles} kit=${sitting.kit} />`
          : null
      }
    </section>
    <${Company} place=${place} counter=${counter} />
  `;
}

/** @param {{ at: number }} given */
const Ending = ({ at }) => html`<div class="ending" role="status">
  <span class="num" role="timer" aria-live="off" aria-hidden="true">${length(Math.max(0, at - beat.value))}</span>
  <p>${t("This talk ends now. There is time to say goodbye.")}</p>
</div>`;

/** What the house has to say meanwhile. @param {{ place: Place, counter: Counter, trouble: string }} given */
function Told({ place, counter, trouble }) {
  const calls = Object.entries(counter.called).map(([person, at]) =>
    person === place.me
      ? t("The agenda calls you at {time}.", { time: timeOfDay(at) })
      : t("{name} is called at {time}.", {
          name: place.house.person(person)?.name ?? t("Somebody"),
          time: timeOfDay(at),
        }),
  );
  return html`<div class="called" role="status">
    ${[...calls, trouble].filter(Boolean).map(
      (sentence) => html`<p class="notice" data-tone="soon" key=${sentence}>
        <${Icon} name="info" /><span>${sentence}</span>
      </p>`,
    )}
  </div>`;
}

/** @param {{ place: Place, counter: Counter, kit: import("../green/kit.js").Kit }} given */
function Deeds({ place, counter, kit }) {
  const sharing = kit.sharing.value;
  const share = () => (sharing ? kit.stopSharing() : attempt(kit.share()));
  const ends = counter.endsAt !== null;
  return html`
    ${
      Screen.possible &&
      html`<button class="btn" type="button" aria-pressed=${sharing} onClick=${share}>
        <${Icon} name=${sharing ? "screen-share-off" : "screen-share"} />${
          sharing ? t("Stop showing my screen") : t("Show my screen")
        }
      </button>`
    }
    ${
      place.serves &&
      html`<button
        class="btn" type="button" aria-pressed=${counter.private}
        onClick=${() => place.makePrivate(!counter.private)}
      >
        <${Icon} name="lock" />${t("Private")}
      </button>`
    }
    ${
      place.serves && !ends
        ? html`<button class="btn leave" type="button" onClick=${() => place.finish()}>
            <${Icon} name="check" />${t("Say goodbye")}
          </button>`
        : html`<button class="btn leave" type="button" onClick=${() => place.leave()}>
            <${Icon} name="log-out" />${t("Leave the counter")}
          </button>`
    }
  `;
}

/** @param {{ place: Place, counter: Counter }} given */
function Company({ place, counter }) {
  const { house, serves, booth } = place;
  const visitors = visitorsOf(counter);
  return html`<aside class="side" aria-labelledby="company-h">
    ${serves ? html`<${Asking} place=${place} counter=${counter} />` : null}
    <section aria-labelledby="company-h">
      <h2 id="company-h">${t("At the counter")}</h2>
      <ul class="company" role="list">
        ${Object.values(feeds(counter)).map(
          (person) => html`<${Sitter} key=${person} place=${place} person=${person} />`,
        )}
      </ul>
    </section>
    ${serves ? html`<${CallAlong} place=${place} counter=${counter} />` : null}
    ${serves ? html`<${HandOn} place=${place} counter=${counter} />` : html`<${ShareCard} house=${house} booth=${booth} />`}
    ${serves ? visitors.map((person) => html`<${VisitorNote} key=${person} house=${house} booth=${booth} person=${person} />`) : null}
    <section class="writing" aria-labelledby="written-h">
      <h2 id="written-h">${t("In writing")}</h2>
      <${Log}
        lines=${heard(house, place.lines.value)}
        person=${(/** @type {string} */ id) => house.person(id)}
        label=${t("What is written at this counter")}
      />
      <${Composer}
        id="written" label=${t("To those at the counter")}
        send=${(/** @type {string} */ text) => place.say(text)}
      />
    </section>
  </aside>`;
}

/** @param {{ place: Place, person: string }} given */
function Sitter({ place, person }) {
  const known = place.house.person(person);
  if (!known) return null;
  return html`<li>
    <${PersonLine} person=${known}>
      <span class="at">
        <${Where} place=${known.place} />
        <${PersonMenu} house=${place.house} person=${person} where="people" />
      </span>
    </${PersonLine}>
  </li>`;
}

/** Who would like to stand along. @param {{ place: Place, counter: Counter }} given */
function Asking({ place, counter }) {
  const room = Object.keys(counter.seats).length < SEATS && counter.endsAt === null;
  return html`<div class="knocks" role="status">
    ${Object.keys(counter.asking).map((person) => {
      const name = place.house.person(person)?.name ?? t("Somebody");
      return html`<div class="panel knock" key=${person}>
        <p>${t("{name} would like to stand along.", { name })}</p>
        <div class="acts">
          <button class="btn primary" type="button" disabled=${!room} onClick=${() => place.letIn(person)}>
            <${Icon} name="door-open" />${t("Let in")}<span class="sr">: ${name}</span>
          </button>
        </div>
      </div>`;
    })}
  </div>`;
}

/** Those who wait: one may call them to this talk. @param {{ place: Place, counter: Counter }} given */
function CallAlong({ place, counter }) {
  const { house, booth } = place;
  const lounge = house.lounge().shown.value;
  const room = Object.keys(counter.seats).length < SEATS && counter.endsAt === null;
  const queue = (lounge && !counter.private && room ? queueAt(lounge, booth) : []).slice(0, NEXT);
  if (!queue.length) return null;
  return html`<section aria-labelledby="along-h">
    <h2 id="along-h">${t("Who waits")}</h2>
    <ul class="hand-on" role="list">
      ${queue.map(({ person, number, topic, calledBy }) => {
        const name = house.person(person)?.name ?? t("Somebody");
        return html`<li key=${person}>
          <span><span class="no-tag">${number}</span> ${name}${topic ? html`<br /><span class="soft">${topic}</span>` : null}</span>
          ${
            calledBy === null
              ? html`<button class="btn" type="button" onClick=${() => place.letIn(person)}>
                  <${Icon} name="plus" />${t("Call along")}<span class="sr">: ${name}</span>
                </button>`
              : html`<span class="ready" data-is="wait"><${Icon} name="bell" />${t("called")}</span>`
          }
        </li>`;
      })}
    </ul>
  </section>`;
}

/** Colleagues to whom one may hand the visitor over. @param {{ place: Place, counter: Counter }} given */
function HandOn({ place, counter }) {
  const { house, booth, me } = place;
  const lounge = house.lounge().shown.value;
  const shown = lounge && boothOf(lounge, booth);
  const colleagues = Object.entries(shown?.staff ?? {}).filter(
    ([person]) => person !== me && !(person in counter.seats) && house.person(person),
  );
  if (!colleagues.length || counter.endsAt !== null) return null;
  return html`<section aria-labelledby="hand-h">
    <h2 id="hand-h">${t("Hand over")}</h2>
    <ul class="hand-on" role="list">
      ${colleagues.map(([person, standing]) => {
        const name = house.person(person)?.name ?? "";
        const asked = counter.handing?.to === person;
        return html`<li key=${person}>
          <span>${name}<br /><${State} standing=${standing} /></span>
          ${
            asked
              ? html`<span class="ready" data-is="wait"><${Icon} name="hourglass" />${t("is asked")}</span>`
              : html`<button class="btn" type="button" disabled=${standing.state !== "free"} onClick=${() => place.handOver(person)}>
                  <${Icon} name="arrow-left-right" />${t("Hand over")}<span class="sr">: ${name}</span>
                </button>`
          }
        </li>`;
      })}
    </ul>
  </section>`;
}
