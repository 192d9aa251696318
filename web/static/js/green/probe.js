/** Tries all the ways through the network, and says which of them media takes. */

import { iceServers } from "../media/ice.js";
import { legsOf, tryLeg } from "../media/legs.js";

/** @typedef {import("../media/legs.js").Found} Found */
/** @typedef {"direct" | "relayed" | "none"} Path */

/**
 * Try every way at once. The results come in the order of the ways, best first.
 * @param {import("../media/publisher.js").Wire} wire
 * @param {readonly MediaStreamTrack[]} tracks  Something to send; silence will do.
 * @returns {Promise<Found[]>}
 */
export async function tryLegs(wire, tracks) {
  const legs = legsOf(await iceServers());
  return Promise.all(legs.map((leg) => tryLeg(wire, leg, tracks)));
}

/**
 * Which way media takes, if these are open.
 * @param {readonly Found[]} found
 * @returns {Path}
 */
export function pathOf(found) {
  const open = found.filter((each) => each.outcome === "open").map((each) => each.leg.name);
  if (open.includes("direct")) return "direct";
  return open.length ? "relayed" : "none";
}

/** A track without a sound, for those who let the page use neither camera nor microphone. */
export function silence() {
  const context = new AudioContext();
  const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
  return track ? [track] : [];
}
