/** Pins on the board: an offer, and a CV card; the same markup as in board-parts.html. */

import { html } from "../../vendor/preact.js";
import { FAIR } from "../house.js";
import { Icon } from "../parts/icon.js";
import { Face as Figure } from "../parts/person.js";
import { attempt } from "../parts/toast.js";
import { ownPin } from "../state/pins.js";
import { n, t } from "../words.js";
import { kindWord, where } from "./offers.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("./wanted.js").Pinned} Pinned */
/** @typedef {import("./wanted.js").Face} Face */
/**
 * What the reader may do with pins; on a wall, nothing.
 * @typedef {object} Reader
 * @property {boolean} mayPin whether one has, or may have, a CV card
 * @property {string} booth whose offers one sees to, if any
 * @property {boolean} desk
 */

/** @param {{ topics: string[] }} given */
const Tags = ({ topics }) =>
  html`<p class="tags">${topics.map((topic) => html`<span class="tag">${topic}</span> `)}</p>`;

/**
 * What its owner lets everybody tear off.
 * @param {{ label: string, lines: string[] }} given
 */
const Strip = ({ label, lines }) => html`<details class="strip">
  <summary><${Icon} name="scissors" />${t("Tear off")}<span class="sr">: ${label}</span></summary>
  <p>${lines.map((line, at) => html`${at ? html`<br />` : null}${isMail(line) ? html`<a href=${`mailto:${line}`}>${line}</a>` : line}`)}</p>
</details>`;

/** @param {string} line */
const isMail = (line) => line.includes("@") && !line.includes(" ");

/**
 * @param {object} given
 * @param {House} given.house
 * @param {NonNullable<Pinned["offer"]>} given.offer
 * @param {Reader | null} given.reader
 * @param {boolean} [given.fresh] whether it was pinned a moment ago
 */
export function JobPin({ house, offer: { job, company, marked }, reader, fresh = false }) {
  const place = [where(job), job.starts].filter(Boolean).join(", ");
  return html`<li class="pin" data-pin=${job.id} data-fresh=${fresh ? "yes" : null}>
    <p class="kind"><${Icon} name="briefcase" />${kindWord(job.kind)}</p>
    <h3><a href=${`/jobs/${job.id}`}>${job.title}</a></h3>
    <p class="co">${company}</p>
    ${place ? html`<p class="soft">${place}</p>` : null}
    <${Tags} topics=${job.topics} />
    ${job.contact ? html`<${Strip} label=${job.title} lines=${job.contact.split(", ")} />` : null}
    ${reader ? html`<${JobFoot} house=${house} job=${job} marked=${marked} reader=${reader} />` : null}
  </li>`;
}

/** @param {{ house: House, job: import("../../wire.d.ts").Job, marked: boolean, reader: Reader }} given */
function JobFoot({ house, job, marked, reader }) {
  const shown = house.fair().shown.value;
  const count = shown?.pins.counts[job.id] ?? 0;
  const pinned = shown ? ownPin(shown, job.id) !== undefined : false;
  const mark = () => attempt(house.do(FAIR, { type: "job.bookmark", job: job.id, on: !marked }));
  const title = job.title;
  return html`<div class="pinfoot">
    <span class="soft">${count ? n("{n} card", "{n} cards", count) : t("none yet")}</span>
    <span class="acts">
      <button class=${`btn only ${marked ? "" : "bare"}`} type="button" aria-pressed=${String(marked)} onClick=${mark}>
        <${Icon} name="bookmark" /><span class="sr">${marked ? t("Remember no longer: {title}", { title }) : t("Remember: {title}", { title })}</span>
      </button>
      ${
        reader.desk || reader.booth === job.booth
          ? html`<a class="btn" href=${`/jobs/${job.id}`}><${Icon} name="sliders-horizontal" />${t("See to it")}<span class="sr">: ${title}</span></a>`
          : reader.mayPin
            ? html`<a class="btn" href=${`/me/cv/pin/${job.id}`} data-pinned=${pinned ? "" : null}
                ><${Icon} name=${pinned ? "check" : "pin"} />${pinned ? t("Card pinned") : t("Pin my card")}<span class="sr">: ${title}</span></a
              >`
            : null
      }
    </span>
  </div>`;
}

/**
 * A CV card. On a wall for all it tells nobody's name but what its owner shows to everybody.
 * @param {object} given
 * @param {House} given.house
 * @param {Face} given.face
 * @param {Reader | null} given.reader
 * @param {boolean} [given.fresh] whether it was pinned a moment ago
 */
export function CvPin({ house, face, reader, fresh = false }) {
  const name = reader ? face.name : "";
  const heading = face.field || face.degree || t("CV card");
  const address = `/board/cards/${face.card}`;
  return html`<li class="pin cv" data-pin=${face.card} data-fresh=${fresh ? "yes" : null}>
    <p class="kind"><${Icon} name="graduation-cap" />${t("CV card")}</p>
    ${
      name
        ? html`<h3 class="sr">${name}</h3>
            <div class="person">
              <${Figure} id=${face.person} />
              <span><a class="name" href=${address}>${name}</a><br /><span class="role">${[face.degree, face.field].filter(Boolean).join(", ")}</span></span>
            </div>`
        : html`<h3><a href=${address}>${heading}</a></h3>
            ${face.field && face.degree ? html`<p class="co">${face.degree}</p>` : null}`
    }
    ${name && face.seeks ? html`<p class="seeks">${face.seeks}</p>` : null}
    ${face.available ? html`<p class="soft">${face.available}</p>` : null}
    <${Tags} topics=${face.topics} />
    ${face.contact.length ? html`<${Strip} label=${name || heading} lines=${face.contact} />` : null}
    ${reader ? html`<${CvFoot} house=${house} face=${face} reader=${reader} heading=${face.name || heading} />` : null}
  </li>`;
}

/** @param {{ house: House, face: Face, reader: Reader, heading: string }} given */
function CvFoot({ house, face, reader, heading }) {
  const ask = () => attempt(house.do(FAIR, { type: "cv.ask", card: face.card }));
  const asks = reader.booth && !face.mine && !face.granted.length && !face.asked;
  return html`<div class="pinfoot">
    <span class="soft">${stands(face)}</span>
    <span class="acts">
      ${
        asks
          ? html`<button class="btn" type="button" onClick=${ask}><${Icon} name="hand" />${t("Ask to see it")}<span class="sr">: ${heading}</span></button>`
          : html`<a class="btn" href=${face.mine ? "/me/cv" : `/board/cards/${face.card}`}
              ><${Icon} name=${face.mine ? "id-card" : "eye"} />${face.mine ? t("Edit") : t("Look at the card")}<span class="sr">: ${heading}</span></a
            >`
      }
    </span>
  </div>`;
}

/** @param {Face} face */
function stands(face) {
  if (face.mine) return t("your card");
  if (face.granted.length) return t("shown to you");
  if (face.asked) return t("asked");
  return face.name ? "" : t("without a name");
}
