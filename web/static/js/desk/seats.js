/** Who is on stage, who waits in the green room, who is still missing, and how each stands. */

import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").FloorShown} FloorShown */
/** @typedef {import("../../wire.d.ts").Check} Check */
/** @typedef {"speaker" | "moderator" | "guest"} Seat */
/** @typedef {"yes" | "wait" | "no" | "off"} Ready */
/**
 * @typedef {object} Place
 * @property {string} person
 * @property {Seat | null} seat
 * @property {boolean} greenRoom
 * @property {boolean} next  Belongs to the item that comes next.
 * @property {Ready} is
 * @property {string} ready  How ready, in words.
 * @property {string} what  What is happening, in words; empty if nothing is to be said.
 */

const SEATS = /** @type {const} */ (["speaker", "moderator", "guest"]);

/**
 * Everybody the desk has to do with, in the order in which they matter: the seats, those who
 * come next, the rest of the green room.
 * @param {FloorShown} floor
 * @param {Record<string, Check>} checks
 * @param {readonly string[]} here  Who has the room open.
 * @returns {Place[]}
 */
export function places(floor, checks, here) {
  const seated = SEATS.flatMap((seat) => {
    const person = floor.seats[seat]?.person;
    return person === undefined ? [] : [{ person, seat }];
  });
  const slots = [...(floor.live ? [floor.live] : []), ...floor.upcoming];
  const next = floor.upcoming[0]?.people ?? [];
  const order = new Set([
    ...seated.map(({ person }) => person),
    ...(floor.live?.people ?? []),
    ...next,
    ...slots.flatMap((slot) => slot.people).filter((person) => floor.greenRoom[person]),
    ...Object.keys(floor.greenRoom),
  ]);
  return [...order].map((person) => ({
    person,
    seat: seated.find((each) => each.person === person)?.seat ?? null,
    greenRoom: person in floor.greenRoom,
    next: next.includes(person),
    ...standing(floor, person, here),
    what: doing(floor, person, checks[person]),
  }));
}

/**
 * How ready somebody is, as a lamp and a word.
 * @param {FloorShown} floor
 * @param {string} person
 * @param {readonly string[]} here
 * @returns {{is: Ready, ready: string}}
 */
export function standing(floor, person, here) {
  const light = floor.lights[`${person}/camera`];
  const seated = SEATS.some((seat) => floor.seats[seat]?.person === person);
  const waiting = floor.greenRoom[person];
  if ((seated || waiting) && !here.includes(person)) {
    return { is: "no", ready: t("connection lost") };
  }
  if (light === "frozen") return { is: "no", ready: t("picture stands still") };
  if (seated) {
    return light ? { is: "yes", ready: t("on stage") } : { is: "no", ready: t("no picture") };
  }
  if (!waiting) {
    return { is: "off", ready: here.includes(person) ? t("in the audience") : t("not here yet") };
  }
  if (waiting.agreed) return { is: "yes", ready: t("comes on when it begins") };
  if (waiting.state === "ready") return { is: "yes", ready: t("ready") };
  if (waiting.state === "nearly") return { is: "wait", ready: t("nearly ready") };
  return { is: "wait", ready: t("in the green room") };
}

/**
 * @param {FloorShown} floor
 * @param {string} person
 * @param {Check | undefined} check
 */
function doing(floor, person, check) {
  if (floor.screen === person) {
    return floor.lights[`${person}/screen`] === "live"
      ? t("shows their screen")
      : t("wants to show their screen; no picture arrives yet");
  }
  if (person in floor.greenRoom && !floor.lights[`${person}/camera`]) {
    return t("sends no picture and no sound yet");
  }
  return checkWords(check);
}

/**
 * What somebody's check found, worst first.
 * @param {Check | undefined} check
 */
export function checkWords(check) {
  if (!check?.at) return t("devices not checked");
  if (check.path === "none") return t("network lets no picture through");
  if (check.microphone !== "ok" && check.microphone !== "untested") {
    return t("microphone does not work");
  }
  if (check.camera !== "ok" && check.camera !== "untested") return t("camera does not work");
  if (check.speaker === "missing") return t("hears nothing");
  if (check.path === "relayed") return t("picture and sound checked, over a relay");
  return t("picture and sound checked");
}

/**
 * Those of the next item who could not go on just now.
 * @param {FloorShown} floor
 * @param {readonly string[]} people
 * @param {readonly string[]} here
 */
export function notReady(floor, people, here) {
  return people
    .map((person) => ({ person, ...standing(floor, person, here) }))
    .filter((each) => each.is !== "yes");
}
