/** Tries the way through the network with a connection that is on no stage. */

import { Publisher } from "../media/publisher.js";

/** @typedef {"direct" | "relayed" | "none"} Path */

const PATIENCE = 15_000; // milliseconds; what has not come through by then will not

/**
 * Which way media takes from here to the house.
 * @param {import("../media/publisher.js").Wire} wire
 * @param {() => readonly MediaStreamTrack[]} tracks  Something to send; silence will do.
 * @returns {Promise<Path>}
 */
export function findPath(wire, tracks) {
  const publisher = new Publisher({ wire, room: "", what: "probe", tracks });
  return new Promise((resolve) => {
    /** @param {Path} path */
    const found = (path) => {
      clearTimeout(timer);
      stopListening();
      publisher.stop();
      resolve(path);
    };
    const timer = setTimeout(() => found("none"), PATIENCE);
    const stopListening = publisher.subscribe(() => {
      const peer = publisher.peer;
      if (publisher.state === "sending" && peer) void pathOf(peer).then(found);
    });
    publisher.start();
  });
}

/**
 * @param {RTCPeerConnection} peer
 * @returns {Promise<Path>}
 */
async function pathOf(peer) {
  /** @type {Map<string, any>} */
  const stats = new Map();
  (await peer.getStats()).forEach((report) => stats.set(report.id, report));
  const pairs = [...stats.values()].filter((each) => each.type === "candidate-pair");
  const transport = [...stats.values()].find((each) => each.type === "transport");
  const pair =
    stats.get(transport?.selectedCandidatePairId) ??
    pairs.find((each) => each.nominated && each.state === "succeeded");
  const local = stats.get(pair?.localCandidateId);
  return local?.candidateType === "relay" ? "relayed" : "direct";
}

/** A track without a sound, for those who let the page use neither camera nor microphone. */
export function silence() {
  const context = new AudioContext();
  const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
  return track ? [track] : [];
}
