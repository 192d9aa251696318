/** Which picture stands where: a pure question of who sits on the stage and what arrives. */

/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {{ feed: Feed, person: string }} Picture */
/** @typedef {{ main: Picture | null, small: Picture[] }} Arrangement */

const CAMERAS = /** @type {const} */ (["speaker", "guest", "moderator"]);

/**
 * The screen, if one is shared and arrives, as large as it goes with all cameras small; else
 * the first camera large and the others small. `swapped` puts the first camera in the large place.
 * @param {import("../../wire.d.ts").FloorShown} floor
 * @param {Set<Feed>} pictures the seats whose picture moves
 * @param {boolean} [swapped]
 * @returns {Arrangement}
 */
export function arrange(floor, pictures, swapped = false) {
  const seated = CAMERAS.filter((seat) => floor.seats[seat]);
  const cameras = seated.map((seat) => picture(seat, floor.seats[seat]?.person ?? ""));
  if (floor.screen === null || !pictures.has("screen")) {
    const [main = null, ...small] = cameras;
    return { main, small };
  }
  const screen = picture("screen", floor.screen);
  const [first, ...others] = cameras;
  if (!swapped || !first) return { main: screen, small: cameras };
  return { main: first, small: [screen, ...others] };
}

/**
 * @param {Feed} feed
 * @param {string} person
 * @returns {Picture}
 */
const picture = (feed, person) => ({ feed, person });
