/** One seat's picture; until it moves, the figure of whoever sits there. */

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { Figure } from "../parts/person.js";
import { Plate, Video } from "../parts/video.js";
import { t } from "../words.js";
import { Moment } from "./moment.js";

/**
 * @param {object} given
 * @param {import("../house.js").House} given.house
 * @param {import("../media/viewer.js").Viewer} given.viewer
 * @param {{ feed: import("../media/viewer.js").Feed, person: string }} given.picture
 * @param {string} [given.class]
 * @param {string} [given.plate] words on the picture
 * @param {boolean} [given.contain] show all of it
 * @param {import("./moment.js").Lapse} [given.lapse] what is the matter with it
 * @param {any} [given.children] on top of it
 */
export function SeatPicture({
  house,
  viewer,
  picture,
  class: extra,
  plate,
  contain = false,
  lapse = null,
  children,
}) {
  const { feed, person } = picture;
  useArrival(viewer, feed, person);
  const name = house.person(person)?.name ?? "";
  const label =
    feed === "screen" ? t("Screen of {name}", { name }) : t("Camera of {name}", { name });
  const stream = viewer.streams.value[feed] ?? null;
  const moves = stream !== null && viewer.pictures.value.has(feed);
  const still = viewer.stills.images.value.get(feed);
  const showed = useRef("");
  if (moves) showed.current = person;
  const held = lapse === "moment" && showed.current === person;
  const words = (!held && said(lapse, name)) || plate;
  return html`
    <${Video} stream=${stream} name=${label} contain=${contain || feed === "screen"} class=${extra}>
      ${(moves || held) && lapse !== "sound" ? null : still && lapse !== "sound" ? html`<img class="over" src=${still} alt="" />` : html`<${Figure} id=${person} class="over" />`}
      ${held ? html`<${Moment} />` : null}
      ${words ? html`<${Plate}>${words}</${Plate}>` : null}
      ${children}
    </${Video}>
  `;
}

/**
 * @param {import("./moment.js").Lapse} lapse
 * @param {string} name
 */
function said(lapse, name) {
  if (lapse === "sound") return t("{name}, sound only", { name });
  return lapse === "clip" ? t("{name}, recorded before", { name }) : "";
}

/**
 * Whoever comes onto a seat is not shown with the last picture of the one before.
 * @param {import("../media/viewer.js").Viewer} viewer
 * @param {import("../media/viewer.js").Feed} feed
 * @param {string} person
 */
function useArrival(viewer, feed, person) {
  const before = useRef(person);
  useEffect(() => {
    if (before.current !== person) viewer.expect(feed);
    before.current = person;
  }, [feed, person]);
}
