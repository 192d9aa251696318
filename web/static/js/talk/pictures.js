/** The pictures of a circle, at a table or in a talk of three: everybody's, one's own, a screen. */

import { html } from "../../vendor/preact.js";
import { Sound, SoundButton } from "../parts/sound.js";
import { SeatPicture } from "../stage/picture.js";

/** @typedef {import("../media/viewer.js").Feed} Feed */

/**
 * @param {object} given
 * @param {import("../house.js").House} given.house
 * @param {import("../media/viewer.js").Viewer} given.viewer
 * @param {Record<string, string>} given.seats person by feed, in the order of the seats
 * @param {string} given.me
 * @param {any} given.own one's own picture, as in a mirror
 * @param {string | undefined} given.screen whose screen is shown, if anybody's
 * @param {string} [given.speakerId] the loudspeaker that was chosen, if one was
 */
export function Circle({ house, viewer, seats, me, own, screen, speakerId = "" }) {
  const places = Object.entries(seats);
  const shown = screen && screen !== me ? screen : null;
  const others = places.filter(([, person]) => person !== me).map(([feed]) => feed);
  const heard = Object.entries(viewer.streams.value).filter(
    ([feed]) => others.includes(feed) || (shown && feed === "screen"),
  );
  return html`
    <div class="circle" data-count=${places.length} data-screen=${shown ? "yes" : undefined}>
      ${
        shown &&
        html`<${SeatPicture}
          house=${house} viewer=${viewer} picture=${{ feed: "screen", person: shown }}
          class="shared" plate=${house.person(shown)?.name} contain
        />`
      }
      ${places.map(([feed, person]) =>
        person === me
          ? html`<div class="own" key=${person}>${own}</div>`
          : html`<${SeatPicture}
              key=${person} house=${house} viewer=${viewer}
              picture=${{ feed: /** @type {Feed} */ (feed), person }}
              plate=${house.person(person)?.name}
            />`,
      )}
      <${SoundButton} />
    </div>
    <${Sound} streams=${Object.fromEntries(heard)} speakerId=${speakerId} />
  `;
}
