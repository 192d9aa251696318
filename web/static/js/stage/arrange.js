/** Which picture stands where: a pure question of who sits on the stage and what arrives. */

/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {{ feed: Feed | "slides", person: string }} Picture */
/** @typedef {{ main: Picture | null, small: Picture[] }} Arrangement */

const CAMERAS = /** @type {const} */ (["speaker", "guest", "moderator"]);

/**
 * The screen, if one is shared and arrives, as large as it goes with all cameras small; else
 * the first camera large and the others small. `swapped` puts the first camera in the large place.
 * @param {import("../../wire.d.ts").FloorShown} floor
 * @param {Set<Feed>} pictures the seats whose picture moves
 * @param {boolean} [swapped]
 * @param {import("../../wire.d.ts").Deck | null} [deck] the slides that are on stage
 * @returns {Arrangement}
 */
export function arrange(floor, pictures, swapped = false, deck = null) {
  const seated = CAMERAS.filter((seat) => floor.seats[seat]);
  const cameras = seated.map((seat) => picture(seat, floor.seats[seat]?.person ?? ""));
  const [first, ...others] = cameras;
  const sheet = shown(floor, pictures, deck);
  if (!sheet) return { main: first ?? null, small: others };
  if (!swapped || !first) return { main: sheet, small: cameras };
  return { main: first, small: [sheet, ...others] };
}

/**
 * What is to be read: a shared screen comes before the slides.
 * @param {import("../../wire.d.ts").FloorShown} floor
 * @param {Set<Feed>} pictures
 * @param {import("../../wire.d.ts").Deck | null} deck
 * @returns {Picture | null}
 */
export function shown(floor, pictures, deck) {
  if (floor.screen !== null && pictures.has("screen")) return picture("screen", floor.screen);
  return deck && picture("slides", floor.seats.speaker?.person ?? "");
}

/**
 * @param {Feed | "slides"} feed
 * @param {string} person
 * @returns {Picture}
 */
const picture = (feed, person) => ({ feed, person });
