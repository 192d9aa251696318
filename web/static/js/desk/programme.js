/** Which pictures make up the programme, as every viewer sees it. */

/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */
/** @typedef {import("../media/viewer.js").Feed} Feed */
/** @typedef {{feed: Feed | "slides", person: string}} Source */

const SEATS = /** @type {const} */ (["speaker", "guest", "moderator"]);

/**
 * The large picture and the small ones beside it. A shared screen comes before all, then slides,
 * then the speaker; with nobody on the speaker's seat the guest or the moderator is large.
 * @param {FloorShown} floor
 * @param {ReadonlySet<Feed>} pictures  Whose pictures arrive.
 * @param {import("../../wire.d.ts").Deck | null} [deck]  The slides that are on stage.
 * @returns {{large: Source | null, small: Source[]}} `large` may be without a picture.
 */
export function programme(floor, pictures, deck = null) {
  const seated = SEATS.flatMap((feed) => {
    const person = floor.seats[feed]?.person;
    return person === undefined ? [] : [{ feed, person }];
  });
  const moving = seated.filter(({ feed }) => pictures.has(feed));
  if (floor.screen && pictures.has("screen")) {
    return { large: { feed: "screen", person: floor.screen }, small: moving };
  }
  if (deck) {
    return { large: { feed: "slides", person: floor.seats.speaker?.person ?? "" }, small: moving };
  }
  const large = (floor.seats.speaker ? seated[0] : (moving[0] ?? seated[0])) ?? null;
  return { large, small: moving.filter(({ feed }) => feed !== large?.feed) };
}
