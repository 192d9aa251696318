/** A person: figure, name, role, place. */

import { html } from "../../vendor/preact.js";
import { t } from "../words.js";
import { cameraCalled } from "../state/sources.js";
import { drawn, Icon } from "./icon.js";

/** @typedef {import("../../wire.d.ts").Person} PersonT */

/**
 * Which of the drawn parts make up one's figure, as web/faces.py says.
 * @param {string} id
 */
export function figure(id) {
  const total = [...id].reduce((sum, letter, place) => sum + (place + 1) * letter.charCodeAt(0), 0);
  return { tone: total % 6, room: Math.floor(total / 6) % 4, bust: Math.floor(total / 24) % 3 };
}

/** @param {{ id: string }} given */
const Parts = ({ id }) => {
  const { room, bust } = figure(id);
  // A camera of the hall is a room where nobody sits.
  return html`
    <use href=${drawn(`room-${room}`)} width="160" height="90" />
    ${cameraCalled(id) ? null : html`<use href=${drawn(`bust-${bust}`)} width="160" height="90" />`}
  `;
};

/** The round figure. @param {{ id: string }} given */
export const Face = ({ id }) => html`
  <span class="face" data-tone=${figure(id).tone}>
    <svg viewBox="52 8 56 56" aria-hidden="true"><${Parts} id=${id} /></svg>
  </span>
`;

/**
 * The wide figure, where a picture would be.
 * @param {{ id: string, children?: any, class?: string }} given
 */
export const Figure = ({ id, children, class: extra = "" }) => html`
  <div class=${`video figure ${extra}`} data-tone=${figure(id).tone}>
    <svg viewBox="0 0 160 90" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      <${Parts} id=${id} />
    </svg>
    ${children}
  </div>
`;

/** Where somebody is. @param {{ place: "home" | "hall" }} given */
export const Place = ({ place }) => html`
  <span class="place"
    ><${Icon} name=${place === "hall" ? "theater-seat" : "house"} />${
      place === "hall" ? t("in the hall") : t("at home")
    }</span
  >
`;

/** @param {PersonT["role"]} role */
export function roleWord(role) {
  const words = /** @type {Record<string, string>} */ ({
    organiser: t("Organisers"),
    moderator: t("Moderator"),
    talent: t("Talent"),
    rep: t("Company"),
    juror: t("Jury"),
    guest: t("Guest"),
    house: "Foyer",
  });
  return words[role] ?? role;
}

/**
 * "Talent, Hochschule Offental".
 * @param {PersonT} person
 */
export const roleLine = ({ role, organisation }) =>
  organisation ? `${roleWord(role)}, ${organisation}` : roleWord(role);

/**
 * Names in a row, "Ada Berg und Jo Kern".
 * @param {string[]} names
 * @param {string} language
 */
export const listed = (names, language) =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(names);

/**
 * Face, name, role, place in one line.
 * @param {{ person: PersonT, away?: boolean, children?: any }} given children stand at the end
 */
export const PersonLine = ({ person, away = false, children }) => html`
  <div class=${`person ${away ? "away" : ""}`}>
    <${Face} id=${person.id} />
    <span
      ><span class="name">${person.name}</span><br /><span class="role">${roleLine(person)}</span></span
    >
    ${children ?? html`<${Place} place=${person.place} />`}
  </div>
`;
