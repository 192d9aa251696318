/** Where somebody stands on the way to the stage: before it, next, called, on it. */

/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */
/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").Slot} Slot */
/** @typedef {"speaker" | "moderator" | "guest"} Seat */
/**
 * @typedef {object} Standing
 * @property {"away" | "invited" | "waiting" | "next" | "called" | "seated"} is
 * @property {Seat | null} seat  The one that is theirs, or that they can take now.
 * @property {Slot | null} slot  The item that is or will be theirs.
 * @property {number} before  How many items come first.
 * @property {boolean} agreed  Goes on as soon as the item begins.
 */

const SEATS = /** @type {const} */ (["speaker", "guest", "moderator"]);

/**
 * @param {FloorShown} floor
 * @param {string} me
 * @returns {Standing}
 */
export function standing(floor, me) {
  const seat = SEATS.find((each) => floor.seats[each]?.person === me) ?? null;
  const agreed = floor.greenRoom[me]?.agreed ?? false;
  const onNow = floor.live?.people.includes(me) ? floor.live : null;
  if (seat) return { is: "seated", seat, slot: onNow, before: 0, agreed };
  if (floor.invited.includes(me)) {
    return { is: "invited", seat: "guest", slot: onNow, before: 0, agreed };
  }
  if (onNow) return { is: "called", seat: freeFor(floor), slot: onNow, before: 0, agreed };
  const at = floor.upcoming.findIndex((slot) => slot.people.includes(me));
  const slot = floor.upcoming[at] ?? null;
  if (at === 0) return { is: "next", seat: "speaker", slot, before: floor.live ? 1 : 0, agreed };
  if (at > 0) return { is: "waiting", seat: null, slot, before: at + (floor.live ? 1 : 0), agreed };
  return { is: "away", seat: null, slot: null, before: 0, agreed };
}

/**
 * Two who share an item: the first takes the speaker's seat, the second the guest's.
 * @param {FloorShown} floor
 * @returns {Seat}
 */
function freeFor(floor) {
  const speaker = floor.seats.speaker?.person;
  const together = speaker !== undefined && floor.live?.people.includes(speaker);
  return together ? "guest" : "speaker";
}

/**
 * When one's own item on this stage is expected to begin, or null if there is none ahead.
 * @param {AgendaShown} agenda
 * @param {string} stage
 * @param {string} me
 */
export function ownTurn(agenda, stage, me) {
  const line = agenda.stages.find((each) => each.id === stage);
  const item = line?.waiting.find((id) => agenda.items[id]?.people.includes(me));
  const at = item === undefined ? undefined : agenda.times[item]?.[0];
  return item === undefined || at === undefined ? null : { item, at };
}
